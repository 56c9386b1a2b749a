/**
 * StackStorm's JSON Schema dialect as TypeScript sees it: draft 4 with `required: true` on the property itself.
 * A resource is described once, as a schema; its type is derived here, so the two cannot drift apart.
 */
// A type, not an interface: only types are records of unknown to TypeScript.
export type JsonSchema = {
  readonly type?: JsonType | readonly JsonType[]
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly required?: boolean
  readonly secret?: boolean
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema | readonly JsonSchema[]
  readonly additionalItems?: boolean | JsonSchema
  readonly uniqueItems?: boolean
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
}

export type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string'

/** The TypeScript type of the values that schema `S` (written `as const`) accepts. */
export type FromSchema<S> = S extends { readonly enum: readonly (infer E)[] }
  ? E
  : S extends { readonly type: infer T }
    ? T extends readonly (infer U)[]
      ? FromTyped<S, U>
      : FromTyped<S, T>
    : unknown

type FromTyped<S, T> = T extends 'string'
  ? string
  : T extends 'integer' | 'number'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'null'
        ? null
        : T extends 'array'
          ? FromArray<S>
          : T extends 'object'
            ? FromObject<S>
            : never

type FromArray<S> = S extends { readonly items: infer I } ? FromSchema<I>[] : unknown[]

type FromObject<S> = S extends { readonly properties: infer P }
  ? Simplify<
      { [K in keyof P as P[K] extends { readonly required: true } ? K : never]: FromSchema<P[K]> } & {
        [K in keyof P as P[K] extends { readonly required: true } ? never : K]?: FromSchema<P[K]> | undefined
      }
    >
  : S extends { readonly additionalProperties: infer A extends JsonSchema }
    ? Record<string, FromSchema<A>>
    : Record<string, unknown>

type Simplify<T> = { [K in keyof T]: T[K] }
