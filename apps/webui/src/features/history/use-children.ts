import { InfiniteQueryObserver } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { executionChildren } from '../../api/executions.ts'
import { queryClient } from '../../api/query-client.ts'

const observe = (parent: string) => new InfiniteQueryObserver(queryClient, executionChildren(parent))
type Observer = ReturnType<typeof observe>
export type Children = ReturnType<Observer['getCurrentResult']>
export type ChildrenByParent = ReadonlyMap<string, Children>

/**
 * The children of every execution that `parentsIn` names, each list paged and live. It is asked again whenever children
 * arrive, because a child that is open has children, too.
 */
export function useChildren(parentsIn: (known: ChildrenByParent) => readonly string[]): ChildrenByParent {
  const [followed] = useState(() => new FollowedChildren())
  const children = useSyncExternalStore(followed.subscribe, followed.current)
  const parents = parentsIn(children)
  const key = parents.join()
  useEffect(() => followed.follow(parents), [followed, key])
  useEffect(() => () => followed.follow([]), [followed])
  return children
}

/** The hooks of the query library follow a number of lists that never changes; this one follows as many as are open. */
class FollowedChildren {
  private readonly followed = new Map<string, { readonly observer: Observer; readonly stop: () => void }>()
  private readonly listeners = new Set<() => void>()
  private children: ChildrenByParent = new Map()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): ChildrenByParent => this.children

  follow(parents: readonly string[]): void {
    for (const [parent, { stop }] of this.followed) {
      if (parents.includes(parent)) continue
      stop()
      this.followed.delete(parent)
    }
    for (const parent of parents) {
      if (this.followed.has(parent)) continue
      const observer = observe(parent)
      this.followed.set(parent, { observer, stop: observer.subscribe(() => this.tell()) })
    }
    this.tell()
  }

  private tell(): void {
    this.children = new Map([...this.followed].map(([parent, { observer }]) => [parent, observer.getCurrentResult()]))
    for (const listener of this.listeners) listener()
  }
}
