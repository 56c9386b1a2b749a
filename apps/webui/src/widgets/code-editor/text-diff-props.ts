/** Two texts in YAML. */
export interface TextDiffProps {
  readonly before: string
  readonly after: string
  readonly beforeLabel: string
  readonly afterLabel: string
}
