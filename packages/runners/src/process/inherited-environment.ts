type Environment = Readonly<Record<string, string | undefined>>

/** Meant for the server alone: the first admin's password, and what its launcher tells it. */
const SERVERS_OWN = ['ST2_ADMIN_PASSWORD', 'ST2_LAUNCHER_PID']

/** Options of the configuration, `ST2_<GROUP>__<OPTION>`: passwords of stores and brokers are among them. */
const OPTION = /^ST2_[A-Z0-9_]*?__/

/** What of the server's environment actions and sensors may see. */
export function inheritedFrom(environment: Environment): Environment {
  const kept = Object.entries(environment).filter(([name]) => !SERVERS_OWN.includes(name) && !OPTION.test(name))
  return Object.fromEntries(kept)
}

/**
 * What every action and sensor inherits: the environment of the server, which started this process with it. Copied once:
 * each look at `process.env` asks the system for every variable.
 */
export const INHERITED_ENVIRONMENT: Environment = inheritedFrom(process.env)
