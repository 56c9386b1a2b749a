/** A pack as it is stored and shown. @source rest-schemas.md 19 */
export interface Pack {
  readonly id: string
  readonly ref: string
  readonly uid: string
  readonly name: string
  readonly description: string
  readonly version: string
  readonly author: string
  readonly email?: string | undefined
  readonly keywords: string[]
  readonly contributors: string[]
  readonly dependencies: string[]
  readonly files: string[]
  readonly python_versions: string[]
  readonly stackstorm_version?: string | undefined
  readonly system: Record<string, unknown>
  readonly path?: string | undefined
}

/** Site values of a pack's configuration. One per pack. */
export interface PackConfig {
  readonly id: string
  readonly pack: string
  readonly values: Record<string, unknown>
}

/** What a pack's configuration may hold. One per pack. */
export interface PackConfigSchema {
  readonly id: string
  readonly pack: string
  readonly attributes: Record<string, Record<string, unknown>>
}
