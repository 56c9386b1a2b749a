import { UnavailableError } from '@st2/model'
import type { Clock, Timer } from '../../ports/clock.ts'
import type { Coordinator, Lease, Member, Membership } from '../../ports/coordinator.ts'
import type { Log } from '../../ports/log.ts'
import { pause } from '../../ports/wait.ts'

export interface InProcessCoordinatorOptions {
  readonly clock: Clock
  readonly log: Log
  /** Between two runs of a leader's work that ended although nobody told it to, ms. @default 1,000 */
  readonly leadAgainAfterMs?: number
}

interface HeldLease {
  readonly fence: number
  readonly lose: () => void
  readonly expiry: Timer
}

interface Candidate {
  readonly lead: (signal: AbortSignal) => Promise<void>
  readonly stopping: AbortController
}

interface Election {
  readonly candidates: Candidate[]
  leader: Candidate | null
  running: Promise<void>
}

/** Coordination of a server that is one process: everything it could agree on is in its memory. */
export class InProcessCoordinator implements Coordinator {
  readonly #clock: Clock
  readonly #log: Log
  readonly #leadAgainAfterMs: number
  readonly #groups = new Map<string, Member[]>()
  readonly #leases = new Map<string, HeldLease>()
  readonly #elections = new Map<string, Election>()
  /** One for all names: it grows for each of them. */
  #lastFence = 0
  #isClosed = false

  constructor(options: InProcessCoordinatorOptions) {
    this.#clock = options.clock
    this.#log = options.log
    this.#leadAgainAfterMs = options.leadAgainAfterMs ?? 1_000
  }

  async join(group: string, member: Member): Promise<Membership> {
    this.#refuseWhenClosed()
    const others = (this.#groups.get(group) ?? []).filter(({ id }) => id !== member.id)
    const own = structuredClone(member)
    this.#groups.set(group, [...others, own])
    return { leave: async () => this.#leave(group, own) }
  }

  async groups(): Promise<string[]> {
    return [...this.#groups.keys()].toSorted()
  }

  async members(group: string): Promise<Member[]> {
    return structuredClone(this.#groups.get(group) ?? [])
  }

  async tryLease(name: string, ttlMs: number): Promise<Lease | null> {
    this.#refuseWhenClosed()
    if (this.#leases.has(name)) return null
    this.#lastFence += 1
    const lost = new AbortController()
    const expire = (): void => {
      this.#leases.delete(name)
      lost.abort()
    }
    const held: HeldLease = { fence: this.#lastFence, lose: expire, expiry: this.#clock.after(ttlMs, expire) }
    this.#leases.set(name, held)
    return { fence: held.fence, lost: lost.signal, release: async () => this.#release(name, held) }
  }

  async elect(name: string, lead: (signal: AbortSignal) => Promise<void>): Promise<Membership> {
    this.#refuseWhenClosed()
    const election = this.#elections.get(name) ?? { candidates: [], leader: null, running: Promise.resolve() }
    this.#elections.set(name, election)
    const candidate: Candidate = { lead, stopping: new AbortController() }
    election.candidates.push(candidate)
    this.#appoint(name, election)
    return { leave: () => this.#withdraw(name, election, candidate) }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#groups.clear()
    for (const held of this.#leases.values()) {
      held.expiry.cancel()
      held.lose()
    }
    for (const [name, election] of this.#elections) {
      await Promise.all(election.candidates.map((candidate) => this.#withdraw(name, election, candidate)))
    }
  }

  #leave(group: string, member: Member): void {
    const rest = (this.#groups.get(group) ?? []).filter((other) => other !== member)
    if (rest.length === 0) this.#groups.delete(group)
    else this.#groups.set(group, rest)
  }

  #release(name: string, held: HeldLease): void {
    if (this.#leases.get(name) !== held) return
    held.expiry.cancel()
    this.#leases.delete(name)
  }

  #appoint(name: string, election: Election): void {
    if (election.leader !== null) return
    const leader = election.candidates[0]
    if (leader === undefined) return
    election.leader = leader
    election.running = this.#leadUntilStopped(name, leader)
  }

  /** Ends when the candidate withdrew. Work that ends or fails before is begun again after a pause. */
  async #leadUntilStopped(name: string, { lead, stopping }: Candidate): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await lead(stopping.signal)
      } catch (err) {
        this.#log.error({ err, election: name }, 'the work of a leader failed')
      }
      if (!stopping.signal.aborted) await pause(this.#clock, this.#leadAgainAfterMs, stopping.signal)
    }
  }

  async #withdraw(name: string, election: Election, candidate: Candidate): Promise<void> {
    const place = election.candidates.indexOf(candidate)
    if (place >= 0) election.candidates.splice(place, 1)
    candidate.stopping.abort()
    if (election.leader !== candidate) return
    await election.running
    // NOTE: a second call of leave may have come this far too.
    if (election.leader !== candidate) return
    election.leader = null
    if (election.candidates.length === 0) this.#elections.delete(name)
    else this.#appoint(name, election)
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new UnavailableError('the coordinator is closed')
  }
}
