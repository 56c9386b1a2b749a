import { randomBytes } from 'node:crypto'
import { UnavailableError } from '@st2/model'
import type { Redis } from 'ioredis'
import type { Clock, Timer } from '../../ports/clock.ts'
import type { Coordinator, Lease, Member, Membership } from '../../ports/coordinator.ts'
import type { Log } from '../../ports/log.ts'
import { RedisElection } from './election.ts'
import { CoordinationScripts } from './scripts.ts'

export interface RedisCoordinatorOptions {
  readonly redis: Redis
  readonly clock: Clock
  readonly log: Log
  /** Begins every key. @default st2 */
  readonly prefix?: string | undefined
  /** ms that a member counts as present without a sign of life, and that a leader leads without one. @default 10,000 */
  readonly timeToLiveMs?: number | undefined
  /** ms between two looks of a candidate for a leader that is gone. @default 500 */
  readonly electionPollMs?: number | undefined
  /** ms between two runs of a leader's work that ended although nobody told it to. @default 1,000 */
  readonly leadAgainAfterMs?: number | undefined
}

const DEFAULT_TTL_MS = 10_000
const DEFAULT_POLL_MS = 500
const DEFAULT_LEAD_AGAIN_MS = 1000

/**
 * Leases, groups and elections in Redis. All of it is a hint for speed: what Redis forgets is taken again, and what must hold is a
 * unique row in the store. Fencing numbers grow as long as Redis keeps its data.
 */
export class RedisCoordinator implements Coordinator {
  readonly #options: RedisCoordinatorOptions
  readonly #scripts: CoordinationScripts
  readonly #ttlMs: number
  readonly #leases = new Set<{ lose(): void }>()
  readonly #memberships = new Set<Membership>()
  #isClosed = false

  constructor(options: RedisCoordinatorOptions) {
    this.#options = options
    this.#scripts = new CoordinationScripts(options.redis, options.prefix ?? 'st2')
    this.#ttlMs = options.timeToLiveMs ?? DEFAULT_TTL_MS
  }

  async join(group: string, member: Member): Promise<Membership> {
    this.#refuseWhenClosed()
    const { clock, log } = this.#options
    const entry = { group, id: member.id, token: newToken(), capabilities: JSON.stringify(member.capabilities) }
    await this.#scripts.join(entry, this.#ttlMs)
    let timer: Timer | null = null
    const beat = (): void => {
      timer = clock.after(this.#ttlMs / 3, () => {
        this.#scripts
          .stay(entry, this.#ttlMs)
          .catch((err: unknown) => log.warn({ err, group }, 'the coordinator does not answer; membership may lapse'))
          .finally(() => {
            if (this.#memberships.has(membership)) beat()
          })
      })
    }
    const membership: Membership = {
      leave: async () => {
        if (!this.#memberships.delete(membership)) return
        timer?.cancel()
        await this.#scripts.leave(entry)
      },
    }
    this.#memberships.add(membership)
    beat()
    return membership
  }

  groups(): Promise<string[]> {
    return this.#scripts.groups()
  }

  async members(group: string): Promise<Member[]> {
    const entries = await this.#scripts.members(group)
    return entries.map(([id, capabilities]) => ({ id, capabilities: JSON.parse(capabilities) }))
  }

  async tryLease(name: string, ttlMs: number): Promise<Lease | null> {
    this.#refuseWhenClosed()
    const { clock } = this.#options
    // From before it was asked for: the holder gives up earlier than Redis does, never later.
    const asked = clock.monotonic()
    const token = newToken()
    const fence = await this.#scripts.acquire(name, token, ttlMs)
    if (fence === null) return null
    const lost = new AbortController()
    const held = {
      lose: () => {
        this.#leases.delete(held)
        lost.abort()
      },
    }
    const expiry = clock.after(Math.max(0, ttlMs - (clock.monotonic() - asked)), held.lose)
    this.#leases.add(held)
    return {
      fence,
      lost: lost.signal,
      release: async () => {
        expiry.cancel()
        this.#leases.delete(held)
        await this.#scripts.release(name, token)
      },
    }
  }

  async elect(name: string, lead: (signal: AbortSignal) => Promise<void>): Promise<Membership> {
    this.#refuseWhenClosed()
    const { clock, log, electionPollMs = DEFAULT_POLL_MS, leadAgainAfterMs = DEFAULT_LEAD_AGAIN_MS } = this.#options
    const election = new RedisElection(
      { scripts: this.#scripts, clock, log, ttlMs: this.#ttlMs, pollMs: electionPollMs, leadAgainAfterMs },
      { name, token: newToken(), lead },
    )
    const membership: Membership = {
      leave: async () => {
        this.#memberships.delete(membership)
        await election.withdraw()
      },
    }
    this.#memberships.add(membership)
    await election.begin()
    return membership
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const held of this.#leases) held.lose()
    const left = await Promise.allSettled([...this.#memberships].map((membership) => membership.leave()))
    for (const outcome of left) {
      if (outcome.status === 'rejected') {
        this.#options.log.warn({ err: outcome.reason }, 'what was held in the coordinator lapses by itself')
      }
    }
    this.#options.redis.disconnect()
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new UnavailableError('the coordinator is closed')
  }
}

function newToken(): string {
  return randomBytes(16).toString('hex')
}
