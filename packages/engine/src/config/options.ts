import { EXPRESSION_OPTIONS } from './expression-limits.ts'
import {
  boolean,
  choice,
  float,
  integer,
  list,
  map,
  type OptionTable,
  optionalInteger,
  optionalText,
  text,
  type ValueOf,
} from './option.ts'

const MIB = 1024 * 1024
const port = { minimum: 0, maximum: 65_535 } as const
const positive = { minimum: 1 } as const
const ours = { ours: true } as const

const notYet = (what: string) => ({ refused: { values: ['true'], reason: `${what} is not supported yet` } })
const tlsMode = ['none', 'optional', 'required'] as const

/**
 * Every option there is. Defaults are upstream's unless the meaning says otherwise; `ours` marks those upstream does
 * not have. A path whose default starts with /opt or /etc is used as such only in upstream's layout: see paths.ts.
 *
 * @source config.md 2
 */
export const OPTIONS = {
  DEFAULT: {
    debug: boolean(false, 'Log level DEBUG.'),
    profile: boolean(false, 'Upstream logs MongoDB queries with it; without effect here.'),
    use_debugger: boolean(false, 'Upstream attaches a remote debugger; without effect here.'),
  },
  server: {
    host: text('127.0.0.1', 'Address that the one port of the embedded server listens on.', ours),
    port: integer(8080, 'That port: WebUI, /api, /auth, /stream, /healthz and /readyz. 0 picks a free one.', {
      ...ours,
      ...port,
    }),
    data_dir: text('.st2', 'Folder of everything the server writes: store, blobs, installed packs, keys.', ours),
    body_limit: integer(20 * MIB, 'Bytes of a request body; larger ones are answered with 413.', {
      ...ours,
      ...positive,
    }),
  },
  system: {
    debug: boolean(false, 'Debug level everywhere.'),
    base_path: text('/opt/stackstorm', 'Root of packs, configs, virtualenvs and rbac. Set: upstream’s layout is used.'),
    validate_trigger_parameters: boolean(true, 'Validate the trigger parameters of rules for non-system types.'),
    validate_trigger_payload: boolean(true, 'Validate the payload of non-system triggers.'),
    validate_output_schema: boolean(false, 'Validate the output of actions and runners.'),
  },
  expressions: EXPRESSION_OPTIONS,
  system_user: {
    user: text(
      'stanley',
      'User of rule-triggered executions. Commands run as this user, through sudo, only when the option is set; as the ' +
        'server’s own user otherwise.',
    ),
    ssh_key_file: text('/home/stanley/.ssh/stanley_rsa', 'Private key of remote actions.'),
  },
  schema: {
    version: integer(4, 'Version of JSON Schema; without effect, there is one dialect.'),
    draft: text('http://json-schema.org/draft-04/schema#', 'Its meta-schema; without effect.'),
  },
  webui: {
    webui_base_url: optionalText('Base of links to executions. Default: the URL the server listens on.'),
  },
  content: {
    packs_base_paths: optionalText('Extra pack folders, separated by ":", searched last.'),
    system_packs_base_path: text('/opt/stackstorm/packs', 'Pack folder of upstream’s layout.'),
    pack_group: text('st2packs', 'Group that owns pack trees in upstream’s layout.'),
    index_url: list(['https://index.stackstorm.org/v1/index.json'], 'Pack indexes.'),
    system_runners_base_path: text('/opt/stackstorm/runners', 'Without effect since 3.0.'),
    runners_base_paths: optionalText('Without effect since 3.0.'),
    max_metadata_size: integer(MIB, 'Bytes of one metadata file of a pack.', { ...ours, ...positive }),
    max_pack_files: integer(20_000, 'Files of one pack that are listed.', { ...ours, ...positive }),
    max_data_file_size: integer(5 * MIB, 'Bytes of one file that is written into a pack over the API.', {
      ...ours,
      ...positive,
    }),
    max_waiting_edits: integer(
      1000,
      'Changes of content that wait for the one under way; one more is answered with 503.',
      {
        ...ours,
        ...positive,
      },
    ),
  },
  packs: {
    enable_common_libs: boolean(false, 'Put the lib/ folder of a pack on the Python path of its sensors and actions.'),
  },
  keyvalue: {
    enable_encryption: boolean(true, 'Allow secret values.'),
    encryption_key_path: text('', 'Key file. Empty: <data_dir>/keys/datastore_key.json, made at the first start.'),
  },
  action_sensor: {
    enable: boolean(true, 'Emit core.st2.generic.actiontrigger.'),
    emit_when: list(['succeeded', 'failed', 'timeout', 'canceled', 'abandoned'], 'Statuses it is emitted for.'),
  },
  database: {
    host: text('127.0.0.1', 'Host or mongodb:// URI.'),
    port: integer(27_017, 'Port.', { ...port }),
    db_name: text('st2', 'Database.'),
    username: optionalText('User.'),
    password: optionalText('Password.'),
    authentication_mechanism: optionalText('SCRAM-SHA-1, SCRAM-SHA-256, MONGODB-X509 …'),
    connection_timeout: integer(3000, 'ms to connect and to select a server.'),
    connection_retry_max_delay_m: integer(3, 'Minutes of retrying in all.'),
    connection_retry_backoff_max_s: integer(10, 'Longest pause between tries, s.'),
    connection_retry_backoff_mul: integer(1, 'Multiplier of the pause.'),
    compressors: text('', 'Transport compression: zstd, snappy, zlib.'),
    zlib_compression_level: optionalInteger('−1 to 9.'),
    tls: boolean(false, 'Connect with TLS.', { deprecated: [{ group: 'database', option: 'ssl' }] }),
    tls_certificate_key_file: optionalText('Client certificate and key in one file.'),
    tls_certificate_key_file_password: optionalText('Password of that file.'),
    tls_ca_file: optionalText('Certificate authorities.', {
      deprecated: [{ group: 'database', option: 'ssl_ca_certs' }],
    }),
    tls_allow_invalid_certificates: boolean(false, 'Accept any certificate.'),
    tls_allow_invalid_hostnames: boolean(false, 'Accept any host name in the certificate.'),
    ssl_keyfile: optionalText('Without effect.'),
    ssl_certfile: optionalText('Without effect.'),
    ssl_cert_reqs: choice([...tlsMode, ''], '', 'Without effect.'),
    ssl_match_hostname: boolean(true, 'Without effect.'),
  },
  messaging: {
    url: text('amqp://guest:guest@127.0.0.1:5672//', 'Broker.'),
    cluster_urls: list([], 'The broker; overrides url. One URL.'),
    connection_retries: integer(10, 'Tries.'),
    connection_retry_wait: integer(10_000, 'ms between tries.'),
    ssl: boolean(false, 'Connect with TLS.'),
    ssl_keyfile: optionalText('Client key.'),
    ssl_certfile: optionalText('Client certificate.'),
    ssl_ca_certs: optionalText('Certificate authorities.'),
    ssl_cert_reqs: choice([...tlsMode, ''], '', 'Whether the certificate of the server is checked.'),
    login_method: optionalText('SASL mechanism; without effect: PLAIN.'),
    compression: choice(['zstd', 'lzma', 'bz2', 'gzip', ''], '', 'Without effect: messages are small.'),
    prefix: text('st2', 'Prefix of exchanges and queues.'),
  },
  coordination: {
    url: optionalText('redis:// or rediss://.'),
    lock_timeout: integer(60, 's.', positive),
    service_registry: boolean(false, 'Register services, so that a stop drains gracefully.'),
  },
  api: {
    host: text('127.0.0.1', 'Address of the direct port, beside the server’s one port.'),
    port: integer(9101, 'Direct port, where clients without a configuration look.', port),
    logging: text('/etc/st2/logging.api.conf', 'Log settings.'),
    debug: boolean(false, 'Tracebacks.'),
    mask_secrets: boolean(true, 'Mask secret values in responses.'),
    max_page_size: integer(100, 'Largest limit for users who are not admins.', positive),
    allow_origin: list(
      [],
      'Origins that browsers may call from, exactly as they send them; "*" for any, then without credentials. Default: ' +
        'none (upstream: http://127.0.0.1:3000, and three development origins that are always allowed; see ' +
        'CVE-2019-9580). Strangers get no header at all.',
    ),
    auth_cookie_secure: boolean(
      true,
      'Secure on the auth-token cookie. Set: always as it says. Not set: on requests that came over TLS, so that the ' +
        'embedded server works over plain HTTP on loopback.',
    ),
    auth_cookie_same_site: choice(['strict', 'lax', 'none', 'unset'], 'lax', 'SameSite of that cookie.'),
    max_list_rows: integer(10_000, 'Rows that a list without a limit may answer; more must be paged through.', {
      ...ours,
      ...positive,
    }),
    max_workflow_view_size: integer(
      32 * 1024 * 1024,
      'Bytes of variables that a view of a workflow shows, and of results in a page of its journal.',
      { ...ours, ...positive },
    ),
    max_counted_executions: integer(500_000, 'Executions that statistics count, the newest of those that match.', {
      ...ours,
      ...positive,
    }),
    max_scanned_rows: integer(
      50_000,
      'Executions that a free filter or a search for words looks at, newest first; totals count among them.',
      {
        ...ours,
        ...positive,
      },
    ),
  },
  auth: {
    host: text('127.0.0.1', 'Address of the direct port.'),
    port: integer(9100, 'Direct port.', port),
    use_ssl: boolean(false, 'TLS on the direct port.', notYet('TLS on the port of the auth service')),
    cert: text('/etc/apache2/ssl/mycert.crt', 'Its certificate.'),
    key: text('/etc/apache2/ssl/mycert.key', 'Its key.'),
    enable: boolean(true, 'Enforce authentication.'),
    mode: choice(['standalone', 'proxy'], 'standalone', 'Who checks the password.', {
      refused: { values: ['proxy'], reason: 'authentication by a proxy is not supported yet' },
    }),
    backend: choice(['flat_file', 'ldap', 'pam', 'keystone'], 'flat_file', 'Where passwords are checked.', {
      refused: { values: ['ldap', 'pam', 'keystone'], reason: 'this backend is not supported; use flat_file' },
    }),
    backend_kwargs: optionalText('JSON; flat_file reads file_path. Default: <data_dir>/htpasswd.'),
    token_ttl: integer(86_400, 's that a token lives, and the most a user may ask for.', positive),
    service_token_ttl: integer(86_400, 's that a token of a service lives.', positive),
    sso: boolean(false, 'Single sign-on.', notYet('single sign-on')),
    sso_backend: choice(['noop', 'saml2'], 'noop', 'Its backend.'),
    sso_backend_kwargs: optionalText('JSON.'),
    api_url: optionalText('External base of the API without its version; sent as X-API-URL.'),
    logging: text('/etc/st2/logging.auth.conf', 'Log settings.'),
    debug: boolean(false, 'Tracebacks.'),
    admins: list(['st2admin'], 'Users who may act for others while RBAC is off.', ours),
    login_attempts_per_minute: integer(20, 'Failed logins of a user within a minute before 429.', {
      ...ours,
      ...positive,
    }),
  },
  stream: {
    host: text('127.0.0.1', 'Address of the direct port.'),
    port: integer(9102, 'Direct port.', port),
    heartbeat: integer(25, 's between empty lines.', positive),
    logging: text('/etc/st2/logging.stream.conf', 'Log settings.'),
    debug: boolean(false, 'Tracebacks.'),
    max_clients: integer(1000, 'Open streams; one more is answered with 429.', { ...ours, ...positive }),
    max_buffered_bytes: integer(8 * MIB, 'Bytes waiting for one slow client before it is disconnected.', {
      ...ours,
      ...positive,
    }),
    max_subscriptions: integer(50, 'Subscriptions of one WebSocket.', { ...ours, ...positive }),
    max_tree_executions: integer(
      50_000,
      'Workflows and unfinished executions that are known below one execution that a WebSocket follows.',
      { ...ours, ...positive },
    ),
  },
  rbac: {
    enable: boolean(false, 'Roles and permissions; requires auth.enable.', notYet('RBAC')),
    backend: choice(['noop', 'default'], 'noop', 'RBAC backend.'),
    sync_remote_groups: boolean(false, 'Map groups to roles at login.'),
    permission_isolation: boolean(false, 'Users see their own executions and rules only.', notYet('RBAC')),
  },
  actionrunner: {
    logging: text('/etc/st2/logging.actionrunner.conf', 'Log settings.'),
    actions_pool_size: integer(60, 'Ordinary actions that run at a time, per process.', positive),
    workflows_pool_size: integer(40, 'Workflow actions that run at a time, per process.', positive),
    python_binary: text('/usr/bin/python3', 'Python of actions and of pack virtualenvs.'),
    virtualenv_binary: text('/usr/bin/virtualenv', 'Makes virtualenvs.'),
    virtualenv_opts: list(['--system-site-packages'], 'Its options.'),
    pip_opts: list([], 'Options of pip install.'),
    python_process: choice(
      ['fork', 'fresh'],
      'fork',
      'How Python actions get their process: forked from a warm interpreter, or started anew for each.',
      ours,
    ),
    python_max_parents: integer(8, 'Warm interpreters at a time, one for each virtualenv; the least used gives way.', {
      ...ours,
      ...positive,
    }),
    python_parent_idle: integer(600, 's without an action after which a warm interpreter ends.', {
      ...ours,
      ...positive,
    }),
    max_result_size: integer(64 * MIB, 'Bytes of what a Python action or a workflow returns, as JSON.', {
      ...ours,
      ...positive,
    }),
    python_runner_log_level: text('DEBUG', 'Default of the parameter log_level of python-script.'),
    stream_output: boolean(true, 'Store and stream output while an action runs.'),
    stream_output_buffer_size: integer(-1, '0: none, 1: by line, −1: the default of the system.', { minimum: -1 }),
    graceful_shutdown: boolean(true, 'Wait for running actions when stopping.'),
    exit_still_active_check: integer(300, 's to wait for them.', { minimum: 0 }),
    still_active_check_interval: integer(2, 's between looks.', positive),
    max_output_size: integer(16 * MIB, 'Bytes kept of each of stdout and stderr of an action.', {
      ...ours,
      ...positive,
    }),
    kill_grace_ms: integer(2000, 'ms between SIGTERM and SIGKILL.', { ...ours, minimum: 0 }),
    on_crash: choice(
      ['abandon', 'rerun'],
      'abandon',
      'What becomes of an action that was running when its server died: it ends abandoned, or runs again.',
      ours,
    ),
    result_inline_size: integer(8192, 'Bytes of a result kept in its document; a larger one is a blob.', {
      ...ours,
      minimum: 0,
    }),
  },
  scheduler: {
    logging: text('/etc/st2/logging.scheduler.conf', 'Log settings.'),
    pool_size: integer(10, 'Without effect: scheduling is not bound to a pool.', positive),
    sleep_interval: float(0.1, 'Without effect: the scheduler is woken.', { minimum: 0 }),
    gc_interval: float(10, 's between looks for executions whose scheduler died.', { minimum: 0 }),
    execution_scheduling_timeout_threshold_min: float(1, 'Minutes after which a claim on scheduling is void.', {
      minimum: 0,
    }),
    retry_max_attempt: integer(10, 'Tries of a failing database operation.', { minimum: 0 }),
    retry_wait_msec: integer(3000, 'ms between them.', { minimum: 0 }),
    sweep_interval_ms: integer(1000, 'ms between sweeps of what is due; messages wake it earlier.', {
      ...ours,
      ...positive,
    }),
    batch_size: integer(64, 'Executions claimed at a time.', { ...ours, minimum: 1, maximum: 1000 }),
  },
  workflow_engine: {
    logging: text('/etc/st2/logging.workflowengine.conf', 'Log settings.'),
    retry_stop_max_msec: integer(60_000, 'ms of retrying in all.', { minimum: 0 }),
    retry_wait_fixed_msec: integer(1000, 'ms between tries.', { minimum: 0 }),
    retry_max_jitter_msec: integer(1000, 'ms added at random.', { minimum: 0 }),
    gc_max_idle_sec: integer(0, 's after which an idle workflow is an orphan; 0: never.', { minimum: 0 }),
    exit_still_active_check: integer(300, 's to wait for running workflows when stopping.', { minimum: 0 }),
    still_active_check_interval: integer(2, 's between looks.', positive),
    cancel_grace_ms: integer(
      10_000,
      'ms that running actions of a cancelled workflow or action chain may take to end by themselves; then they are ' +
        'stopped. 0: at once. −1: never, as upstream.',
      { ...ours, minimum: -1 },
    ),
    batch_size: integer(200, 'Workflows begun, and actions of one workflow started, at a time.', {
      ...ours,
      minimum: 1,
      maximum: 1000,
    }),
    snapshot_interval: integer(1000, 'Rows of a journal after which a snapshot bounds what is to be replayed.', {
      ...ours,
      ...positive,
    }),
    lease_ms: integer(15_000, 'ms after which another engine takes a workflow whose engine is silent.', {
      ...ours,
      minimum: 1000,
    }),
    max_loaded: integer(2000, 'Workflows kept in memory; others are read again when something happens to them.', {
      ...ours,
      ...positive,
    }),
    max_definition_size: integer(MIB, 'Bytes of the definition of a workflow.', { ...ours, ...positive }),
    max_task_runs: integer(
      100_000,
      'Tasks that one workflow runs, attempts and rounds of cycles included; one that began keeps the limit it began with.',
      { ...ours, ...positive },
    ),
    max_items: integer(100_000, 'Items of one task of a workflow; one that began keeps the limit it began with.', {
      ...ours,
      ...positive,
    }),
    max_chain_tasks: integer(
      10_000,
      'Tasks that one action chain runs, those that run again included; one that began keeps the limit it began with.',
      { ...ours, ...positive },
    ),
  },
  notifier: {
    logging: text('/etc/st2/logging.notifier.conf', 'Log settings.'),
    batch_size: integer(200, 'Ended executions that are followed up at a time.', {
      ...ours,
      minimum: 1,
      maximum: 1000,
    }),
    max_result_size: integer(
      MIB,
      'Bytes of a result that the events about an execution hold; of a larger one they say that it is too large.',
      { ...ours, minimum: 0 },
    ),
  },
  rulesengine: {
    logging: text('/etc/st2/logging.rulesengine.conf', 'Log settings.'),
    batch_size: integer(100, 'Trigger instances claimed at a time.', { ...ours, minimum: 1, maximum: 1000 }),
    lease_ms: integer(15_000, 'ms after which a claimed trigger instance that was not finished is taken up again.', {
      ...ours,
      ...positive,
    }),
    sweep_interval_ms: integer(1000, 'ms between sweeps of what is due; messages wake it earlier.', {
      ...ours,
      ...positive,
    }),
  },
  sensorcontainer: {
    logging: text('/etc/st2/logging.sensorcontainer.conf', 'Log settings.'),
    sensor_node_name: text('sensornode1', 'Name of this node.'),
    partition_provider: map({ name: 'default' }, 'How sensors are divided between nodes.'),
    single_sensor_mode: boolean(false, 'Run one sensor only, once; needs sensor_ref.'),
    sensor_ref: optionalText('The only sensor to run, even when it is disabled. Upstream’s flag --sensor-ref.', ours),
  },
  timersengine: {
    enable: boolean(true, 'Run timers.', { deprecated: [{ group: 'timer', option: 'enable' }] }),
    misfire_policy: choice(
      ['skip', 'fire_once', 'fire_all'],
      'skip',
      'What becomes of fires that came due while no timers engine ran, or while the machine slept: lost, as upstream has ' +
        'it; one of them; or each, the oldest max_missed_fires.',
      ours,
    ),
    max_missed_fires: integer(1000, 'Missed fires of one timer that fire_all makes up for.', { ...ours, ...positive }),
    local_timezone: text('America/Los_Angeles', 'Does not affect timers.', {
      deprecated: [{ group: 'timer', option: 'local_timezone' }],
    }),
    logging: text('/etc/st2/logging.timersengine.conf', 'Log settings.', {
      deprecated: [{ group: 'timer', option: 'logging' }],
    }),
  },
  garbagecollector: {
    logging: text('/etc/st2/logging.garbagecollector.conf', 'Log settings.'),
    collection_interval: integer(600, 's between collections.', positive),
    sleep_delay: integer(2, 's between the kinds of a collection.', { minimum: 0 }),
    action_executions_ttl: optionalInteger('Days; not set: kept.'),
    action_executions_output_ttl: integer(7, 'Days that streamed output is kept.'),
    trigger_instances_ttl: optionalInteger('Days; not set: kept.'),
    traces_ttl: optionalInteger('Days; not set: kept.'),
    tokens_ttl: optionalInteger('Days after their expiry; not set: kept.'),
    rule_enforcements_ttl: optionalInteger('Days; not set: kept.'),
    workflow_executions_ttl: optionalInteger('Days; not set: kept.'),
    task_executions_ttl: optionalInteger('Days; not set: kept.'),
    purge_inquiries: boolean(false, 'End inquiries whose time is over.'),
  },
  ssh_runner: {
    remote_dir: text('/tmp', 'Where scripts are copied to.'),
    allow_partial_failure: boolean(false, 'Succeed when one host did.'),
    max_parallel_actions: integer(50, 'Hosts at a time.', positive),
    use_ssh_config: boolean(false, 'Read ssh_config_file_path.'),
    ssh_config_file_path: text('~/.ssh/config', 'OpenSSH client configuration.'),
    ssh_connect_timeout: integer(60, 's.', positive),
  },
  log: {
    excludes: list([], 'Names of loggers that are dropped.'),
    redirect_stderr: boolean(false, 'Write stderr to the log.'),
    mask_secrets: boolean(true, 'Mask secret attributes.'),
    mask_secrets_blacklist: list([], 'Further names to mask.'),
  },
  syslog: {
    host: text('127.0.0.1', 'Host of the syslog handler.'),
    port: integer(514, 'Its port.', port),
    facility: text('local7', 'Facility.'),
    protocol: choice(['udp', 'tcp'], 'udp', 'Protocol.'),
  },
  metrics: {
    driver: choice(['noop', 'statsd', 'echo'], 'noop', 'Where metrics go.', {
      refused: { values: ['statsd', 'echo'], reason: 'this metrics driver is not supported yet' },
    }),
    host: text('127.0.0.1', 'Host of statsd.'),
    port: integer(8125, 'Its port.', port),
    prefix: optionalText('Inserted after "st2.".'),
    sample_rate: float(1, 'Fraction of samples sent.', { minimum: 0, maximum: 1 }),
  },
} satisfies OptionTable

/** Groups that upstream registers and nobody reads: accepted in silence. */
export const SILENT_GROUPS: readonly string[] = ['api_pecan', 'results_tracker']

type Options = typeof OPTIONS

/** The configuration as the program sees it: `config.api.max_page_size` is a number. */
export type Config = {
  readonly [G in keyof Options]: { readonly [O in keyof Options[G]]: ValueOf<Options[G][O]> }
}

export type GroupName = keyof Options
export type OptionName<G extends GroupName> = keyof Options[G] & string
