import type { PythonSettings } from '../ports/runner.ts'
import type { Config } from './options.ts'
import type { Paths } from './paths.ts'

/** How Python of packs is run, as the configuration says: actions and sensors alike. */
export function pythonSettings(config: Config, paths: Paths): PythonSettings {
  const { actionrunner } = config
  return {
    binary: actionrunner.python_binary,
    virtualenvs: paths.virtualenvsDir,
    process: actionrunner.python_process,
    max_parents: actionrunner.python_max_parents,
    parent_idle_seconds: actionrunner.python_parent_idle,
    max_result_size: actionrunner.max_result_size,
    log_level: actionrunner.python_runner_log_level,
    enable_common_libs: config.packs.enable_common_libs,
    configs: paths.configsDir,
    packs: paths.packBasePaths,
  }
}
