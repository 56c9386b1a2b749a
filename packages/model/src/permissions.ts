/**
 * What a route may demand of its caller. `authenticated`: being somebody is enough; `public`: nobody is asked.
 * The full table of types per resource: rest-schemas.md 23; the ones that routes use so far stand here.
 */
export const PERMISSIONS = [
  'public',
  'authenticated',
  'admin',
  'action_list',
  'action_view',
  'action_create',
  'action_modify',
  'action_delete',
  'action_execute',
  'runner_type_list',
  'runner_type_view',
  'runner_type_modify',
  'execution_list',
  'execution_view',
  'execution_rerun',
  'execution_stop',
  'execution_views_filters_list',
  'pack_list',
  'pack_view',
  'pack_register',
  'key_value_pair_list',
  'key_value_pair_view',
  'key_value_pair_set',
  'key_value_pair_delete',
  'stream_view',
] as const

export type Permission = (typeof PERMISSIONS)[number]
