import { ATTRIBUTES_OPTION, COMMON_OPTIONS, LAST_OPTION, WIDTH_OPTION } from '../commands/shared-options.ts'
import type { ArgumentSpec, CommandSpec } from '../shell/command-spec.ts'
import type { RecentList, ResourceKey, ResourceSpec, ResourceVerb } from './resource-spec.ts'

/** The generic commands of one resource, as far as it declares them. */
export function resourceCommands(resource: ResourceSpec): CommandSpec[] {
  return resource.verbs.map((verb) => COMMANDS[verb](resource))
}

const FILE: ArgumentSpec = { name: 'file', takes: 'one', help: 'JSON or YAML file that describes it.' }

const COMMANDS: Readonly<Record<ResourceVerb, (resource: ResourceSpec) => CommandSpec>> = {
  list: (resource) =>
    resource.recent === undefined ? listCommand(resource) : recentCommand(resource, resource.recent),
  get: (resource) => ({
    name: 'get',
    summary: `Get individual ${resource.displayName.toLowerCase()}.`,
    arguments: [keyArgument(resource, resource.key, 'some')],
    options: [...COMMON_OPTIONS, ATTRIBUTES_OPTION],
    load: async () => (await import('./get.ts')).getResources(resource),
  }),
  create: (resource) => ({
    name: 'create',
    summary: `Create a new ${resource.displayName.toLowerCase()}.`,
    arguments: [FILE],
    options: COMMON_OPTIONS,
    load: async () => (await import('./change.ts')).createResource(resource),
  }),
  update: (resource) => ({
    name: 'update',
    summary: `Update an existing ${resource.displayName.toLowerCase()}.`,
    arguments: [keyArgument(resource, resource.key, 'one'), FILE],
    options: COMMON_OPTIONS,
    load: async () => (await import('./change.ts')).updateResource(resource),
  }),
  delete: (resource) => ({
    name: 'delete',
    summary: `Delete an existing ${resource.displayName.toLowerCase()}.`,
    arguments: [keyArgument(resource, resource.key, 'one')],
    options: COMMON_OPTIONS,
    load: async () => (await import('./change.ts')).deleteResource(resource),
  }),
  enable: (resource) => switchCommand(resource, 'enable', true),
  disable: (resource) => switchCommand(resource, 'disable', false),
}

function listCommand(resource: ResourceSpec): CommandSpec {
  return {
    name: 'list',
    summary: `Get the list of ${resource.pluralName.toLowerCase()}.`,
    arguments: [],
    options: [...COMMON_OPTIONS, ATTRIBUTES_OPTION, WIDTH_OPTION, ...(resource.filters ?? [])],
    load: async () => (await import('./list.ts')).listResources(resource),
  }
}

function recentCommand(resource: ResourceSpec, recent: RecentList): CommandSpec {
  return {
    name: 'list',
    summary: `Get the list of the 50 most recent ${resource.pluralName.toLowerCase()}.`,
    arguments: [],
    options: [...COMMON_OPTIONS, LAST_OPTION, ...(resource.filters ?? []), ATTRIBUTES_OPTION, WIDTH_OPTION],
    load: async () => (await import('./list-recent.ts')).listRecentResources(resource, recent),
  }
}

function switchCommand(resource: ResourceSpec, name: 'enable' | 'disable', enabled: boolean): CommandSpec {
  return {
    name,
    summary: `${name === 'enable' ? 'Enable' : 'Disable'} an existing ${resource.displayName.toLowerCase()}.`,
    arguments: [keyArgument(resource, resource.key, 'one')],
    options: COMMON_OPTIONS,
    load: async () => (await import('./change.ts')).switchResource(resource, enabled),
  }
}

function keyArgument(resource: ResourceSpec, key: ResourceKey, takes: 'one' | 'some'): ArgumentSpec {
  const name = resource.displayName.toLowerCase()
  return { name: key, metavar: key.replaceAll('_', '-'), takes, help: `${KEY_WORDS[key]} of the ${name}.` }
}

const KEY_WORDS: Readonly<Record<ResourceKey, string>> = {
  ref_or_id: 'Reference or ID',
  name_or_id: 'Name or ID',
  ref: 'Reference or ID',
  id: 'ID',
  url: 'URL',
}
