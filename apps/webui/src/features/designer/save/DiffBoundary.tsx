import { Component, type ReactNode } from 'react'
import { Notice } from '../../../ui/Feedback.tsx'

interface DiffBoundaryProps {
  readonly children: ReactNode
}

/** What compares comes from the server as well: without it everything else still works. */
export class DiffBoundary extends Component<DiffBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    if (!this.state.isBroken) return this.props.children
    return <Notice tone="warn">What differs cannot be shown now: the server did not answer.</Notice>
  }
}
