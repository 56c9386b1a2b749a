/** The configuration cannot be used. The message is one line: where it stands, which option, and why. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
