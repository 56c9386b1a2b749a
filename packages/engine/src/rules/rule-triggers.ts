import type { Trigger, TriggerType } from '@st2/model'

/** What rules need of triggers: who owns them is decided there. Wired in `engine.ts`. */
export interface RuleTriggers {
  findByRef(ref: string): Promise<Trigger | null>
  findType(ref: string): Promise<TriggerType | null>
  /** @throws InvalidError with the validator's text for parameters that do not fit the type */
  validateParameters(type: TriggerType, parameters: Readonly<Record<string, unknown>>): void
  /**
   * The trigger of a type with these parameters, made when there is none yet; counts the reference of one rule.
   * Null: the type has no such trigger (it takes no parameters and was never registered, or it needs some and has none).
   */
  acquire(type: TriggerType, parameters: Readonly<Record<string, unknown>>): Promise<Trigger | null>
  /** Gives one reference back; a trigger that rules made goes with its last one. */
  release(ref: string): Promise<void>
}
