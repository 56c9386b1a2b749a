/** Milliseconds that this thread has computed for: other processes of a busy machine do not count. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
