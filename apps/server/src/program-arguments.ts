import { parseArgs, type ParseArgsConfig } from 'node:util'

/** The command line is wrong; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws UsageError for an option that the program lacks, or that lacks its value */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    // The first sentence says what is wrong; the rest is advice.
    const reason = cause instanceof Error ? (cause.message.split('. ')[0] ?? cause.message) : String(cause)
    throw new UsageError(reason, { cause })
  }
}
