/** IANA name of the zone that this machine, or the environment variable TZ, is set to. */
export function systemTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
