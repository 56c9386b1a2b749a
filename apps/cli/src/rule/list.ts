import { RULES } from '../commands/resources.ts'
import { listRecent } from '../resource/list-recent.ts'
import type { RecentList } from '../resource/resource-spec.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'

const RECENT: RecentList = { singular: 'rule', plural: 'rules', newestLast: 'nowhere', times: [] }
const IFTT_ATTRIBUTES = ['ref', 'trigger.ref', 'action.ref', 'enabled']

export const listRules: Handler = async (context) => {
  const { input } = context
  const attributes = input.has('iftt') ? IFTT_ATTRIBUTES : (input.texts('attr') ?? RULES.listAttributes)
  const filters = {
    pack: input.text('pack') || undefined,
    action: input.text('action') || undefined,
    trigger: input.text('trigger') || undefined,
    enabled: enabledFilter(context),
  }
  await listRecent(context, RULES, RECENT, { attributes, filters })
}

function enabledFilter({ input }: CommandContext): string | undefined {
  if (input.has('enabled')) return 'True'
  return input.has('disabled') ? 'False' : undefined
}
