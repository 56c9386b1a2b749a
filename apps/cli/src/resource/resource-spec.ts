import type { OptionSpec } from '../shell/command-spec.ts'

export type ResourceVerb = 'list' | 'get' | 'create' | 'update' | 'delete' | 'enable' | 'disable'

/** How a command line names one resource. */
export type ResourceKey = 'ref_or_id' | 'name_or_id' | 'ref' | 'id' | 'url'

/** A list of what happened lately: the newest of them, and a note when there are more. */
export interface RecentList {
  /** As the note under a list that was cut calls them. */
  readonly singular: string
  readonly plural: string
  /** Where the newest one is printed last: nowhere, in JSON and YAML, or in tables too. */
  readonly newestLast: 'nowhere' | 'structured' | 'everywhere'
  /** Attributes that tables show in the user's time zone. */
  readonly times: readonly string[]
  /** Attributes that the server is asked for. @default 'shown' */
  readonly asksFor?: 'shown' | 'everything'
}

/**
 * One kind of resource: what its generic commands need to know. A new group of commands is a new entry of this shape;
 * commands of its own stand beside it.
 *
 * @source cli.md 6, 7
 */
export interface ResourceSpec {
  /** Word of the command line. */
  readonly group: string
  readonly summary: string
  /** Path of the collection in the API. */
  readonly path: string
  /** As messages call it, such as `Action "x" is not found.` */
  readonly displayName: string
  readonly pluralName: string
  /** Finds one for `get`. */
  readonly key: ResourceKey
  readonly verbs: readonly ResourceVerb[]
  readonly listAttributes: readonly string[]
  /** Filters of `list`; the option's name is the query parameter. */
  readonly filters?: readonly OptionSpec[]
  /** Makes `list` show the most recent ones only, `-n` of them. */
  readonly recent?: RecentList
  /** @default all */
  readonly getAttributes?: readonly string[]
  /** Attributes that `get` shows first. @default id, name, description */
  readonly getOrder?: readonly string[]
}

export const PACK_FILTER: OptionSpec = {
  name: 'pack',
  flags: ['-p', '--pack'],
  takes: 'one',
  help: 'Only those of this pack.',
}
