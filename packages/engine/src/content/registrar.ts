import type { OverridableKind } from './overrides.ts'
import type { ContentKind } from './registration-report.ts'

/** Metadata of one resource as its file gives it, `pack` filled in and overrides applied. */
export type Metadata = Readonly<Record<string, unknown>>

/**
 * How one kind of content comes from its files into the store. The features that own a kind hand theirs in: content knows
 * folders and files, not what a rule is.
 */
export interface Registrar {
  readonly kind: ContentKind
  /** Of the pack: every YAML file directly in it defines one resource. */
  readonly folder: string
  /** The key that names the resource. */
  readonly nameKey: 'name' | 'class_name'
  readonly overridable: OverridableKind | null
  /** Kinds whose resources refer to those of other packs come after these are all there. */
  readonly phase: 'definitions' | 'references'
  /**
   * Stores what the file says. One that says so already is left alone.
   *
   * @throws SchemaValidationError where the metadata is wrong in itself
   * @throws InvalidError, ConflictError for anything else that stands in its way
   */
  register(metadata: Metadata, place: FilePlace): Promise<void>
}

export interface FilePlace {
  readonly pack: string
  /** Absolute path of the pack. */
  readonly packPath: string
}
