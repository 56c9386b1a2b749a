/** A node of a tree of which each open part is some rows. */
export interface RowNode<Self> {
  readonly parent: Self | null
  readonly children: readonly Self[] | null
  /** Visible rows of this node, itself included. */
  rows: number
}

/** The node that stands in a row, counted from the root's own. What is closed is not looked at. */
export function nodeAt<Node extends RowNode<Node>>(root: Node, index: number): Node {
  let node = root
  let rest = index
  while (rest > 0 && node.children !== null) {
    rest -= 1
    const below = node.children.find((child) => {
      if (rest < child.rows) return true
      rest -= child.rows
      return false
    })
    if (below === undefined) break
    node = below
  }
  return node
}

/** More rows below a node, or fewer: all above it grow, too. */
export function grow<Node extends RowNode<Node>>(node: Node, by: number): void {
  for (let at: Node | null = node; at !== null; at = at.parent) at.rows += by
}
