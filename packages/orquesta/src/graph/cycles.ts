/** The nodes that lie on a cycle, a node that follows itself included. Tarjan's strongly connected components, without recursion. */
export function nodesInCycles(nodes: Iterable<string>, followers: (node: string) => readonly string[]): Set<string> {
  const search = new ComponentSearch(followers)
  for (const node of nodes) search.from(node)
  return search.inCycles
}

interface Visit {
  node: string
  followers: readonly string[]
  at: number
}

class ComponentSearch {
  readonly inCycles = new Set<string>()
  readonly #followers: (node: string) => readonly string[]
  readonly #order = new Map<string, number>()
  readonly #low = new Map<string, number>()
  readonly #open: string[] = []
  readonly #isOpen = new Set<string>()

  constructor(followers: (node: string) => readonly string[]) {
    this.#followers = followers
  }

  from(start: string): void {
    if (this.#order.has(start)) return
    const path = [this.#enter(start)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const follower = visit.followers[visit.at++]
      if (follower === undefined) {
        path.pop()
        this.#leave(visit, path.at(-1))
      } else if (!this.#order.has(follower)) path.push(this.#enter(follower))
      else if (this.#isOpen.has(follower)) this.#lower(visit.node, this.#order.get(follower) ?? 0)
    }
  }

  #enter(node: string): Visit {
    this.#order.set(node, this.#order.size)
    this.#low.set(node, this.#order.size - 1)
    this.#open.push(node)
    this.#isOpen.add(node)
    return { node, followers: this.#followers(node), at: 0 }
  }

  #leave({ node, followers }: Visit, parent: Visit | undefined): void {
    const low = this.#low.get(node) ?? 0
    if (parent !== undefined) this.#lower(parent.node, low)
    if (low !== this.#order.get(node)) return
    const component: string[] = []
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      this.#isOpen.delete(last)
      component.push(last)
      if (last === node) break
    }
    if (component.length > 1 || followers.includes(node)) for (const member of component) this.inCycles.add(member)
  }

  #lower(node: string, low: number): void {
    if (low < (this.#low.get(node) ?? 0)) this.#low.set(node, low)
  }
}
