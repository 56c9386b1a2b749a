import { useQuery } from '@tanstack/react-query'
import { NO_INSTANCE_FILTERS } from '../../api/instance-filters.ts'
import { triggerInstanceList, triggerTypeList } from '../../api/triggers.ts'
import { paths, type TriggerSection } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { DetailHead } from '../../shell/DetailHead.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Tabs } from '../../shell/Tabs.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { InstanceRow } from './InstanceRow.tsx'
import { TriggerTypeGeneral } from './TriggerTypeGeneral.tsx'

interface TriggerTypePanelProps {
  readonly typeRef: string
  readonly section: TriggerSection
}

const TITLES: Readonly<Record<TriggerSection, string>> = { general: 'General', instances: 'Instances', code: 'Code' }

export function TriggerTypePanel({ typeRef, section }: TriggerTypePanelProps) {
  const types = useQuery(triggerTypeList())
  const type = types.data?.find(({ ref }) => ref === typeRef)
  if (types.isSuccess && type === undefined)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.triggers()}>
            All trigger types
          </AppLink>
        }
        icon="search"
        title="There is no such trigger type"
      >
        Its pack was removed, or its name is mistyped. <span className="mono">{typeRef}</span>
      </EmptyState>
    )
  return (
    <>
      <DetailHead about={type?.description} back={paths.triggers()} title={typeRef}>
        <span className="grow" />
        <AppLink
          aria-label="New rule for this trigger"
          className="btn head-button"
          to={paths.newRule({ trigger: typeRef })}
        >
          <Icon name="plus" size={15} />
          <span>New rule</span>
        </AppLink>
      </DetailHead>
      <Tabs
        current={section}
        label="Parts of the trigger type"
        titles={TITLES}
        to={(name) => paths.trigger(typeRef, name)}
      />
      <div className="pane-body detail-body stack">
        {types.isError && <ProblemNotice error={types.error} retry={() => void types.refetch()} />}
        {types.isPending && <Skeleton widths={[30, 100, 24, 100]} />}
        {type && section === 'general' && <TriggerTypeGeneral type={type} />}
        {type && section === 'instances' && <Instances typeRef={typeRef} />}
        {type && section === 'code' && (
          <JsonValue label="Trigger type" maxHeight={900} title={<h3>Trigger type</h3>} value={type} />
        )}
      </div>
    </>
  )
}

const SHOWN = 20

function Instances({ typeRef }: { readonly typeRef: string }) {
  const query = useQuery(triggerInstanceList({ ...NO_INSTANCE_FILTERS, trigger_type: typeRef }, SHOWN))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[90, 80, 85]} />
  const { items, total } = query.data
  if (items.length === 0)
    return (
      <EmptyState icon="trigger" title="It has not happened yet">
        Every event of this type is stored here, whether a rule listens or not.
      </EmptyState>
    )
  return (
    <div className="card">
      <ul className="instance-rows">
        {items.map((instance) => (
          <li key={instance.id}>
            <InstanceRow instance={instance} to={paths.instance(instance.id, { trigger_type: typeRef })} />
          </li>
        ))}
      </ul>
      <p className="card-body">
        <AppLink to={paths.instances({ trigger_type: typeRef })}>
          All instances of it ({(total ?? items.length).toLocaleString('en')})
        </AppLink>
      </p>
    </div>
  )
}
