/**
 * What every action inherits: the environment of the server, which started this process with it. Copied once: each
 * look at `process.env` asks the system for every variable.
 */
export const INHERITED_ENVIRONMENT: Readonly<Record<string, string | undefined>> = { ...process.env }
