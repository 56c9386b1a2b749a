import { paths } from '../../../paths.ts'
import { AppLink, useGo } from '../../../shell/AppLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx'
import { useMedia } from '../../../ui/use-media.ts'
import { leaveField } from '../text-field.ts'
import { useDesigner, useDesignerState, useExecute, useSaving, useView } from '../state/designer-context.ts'
import { arrange } from '../state/task-operations.ts'
import { SMALL } from '../state/width.ts'
import { ProblemsButton } from './ProblemsButton.tsx'

/** What can be done with the workflow as a whole. */
export function Toolbar() {
  const designer = useDesigner()
  const { editor, view } = designer
  const execute = useExecute()
  const go = useGo()
  const state = useDesignerState()
  const stored = useSaving((saving) => saving.stored)
  const isBusy = useSaving((saving) => saving.isBusy)
  const panel = useView((current) => current.panel)
  const isDetailsOpen = useView((current) => current.isDetailsOpen)
  const isPaletteOpen = useView((current) => current.isPaletteOpen)
  const isCode = panel === 'code' && isDetailsOpen
  const isSmall = useMedia(SMALL)
  const hasTasks = state.workflow.model.tasks.length > 0
  const broken = state.workflow.isCurrent ? undefined : 'The text has a mistake; correct it first.'
  const unready = broken ?? (hasTasks ? undefined : 'There are no tasks yet')
  const ask = (kind: 'save' | 'run' | 'simulate' | 'save-as' | 'delete' | 'playground' | 'keys' | 'find') => {
    leaveField()
    view.setState({ dialog: { kind } })
  }
  const toggleLibrary = () => view.setState({ isPaletteOpen: !isPaletteOpen })
  const toggleCode = () =>
    view.setState(isCode ? { panel: 'chosen', isDetailsOpen: !isSmall } : { panel: 'code', isDetailsOpen: true })
  const withoutRoom: readonly MenuEntry[] = [
    { label: isPaletteOpen ? 'Hide the library' : 'Library of actions', icon: 'bolt', onSelect: toggleLibrary },
    { label: isCode ? 'Hide the code' : 'Code', icon: 'code', onSelect: toggleCode },
    ...(unready === undefined
      ? [
          { label: 'Arrange the tasks', icon: 'graph' as const, onSelect: () => arrange(designer, execute) },
          { label: 'Simulate', icon: 'flask' as const, onSelect: () => ask('simulate') },
        ]
      : []),
  ]
  return (
    <header aria-label="Designer" className="designer-bar" data-pane="toolbar" role="toolbar">
      <div className="designer-bar-name">
        <AppLink
          aria-label={stored === null ? 'To the actions' : `To the action ${stored.action.ref}`}
          className="btn"
          data-icon-only=""
          data-look="plain"
          to={stored === null ? paths.actions() : paths.action(stored.action.ref)}
        >
          <Icon name="back" />
        </AppLink>
        <h2 className="truncate" data-test="designer_name" title={stored?.action.ref}>
          {stored?.action.ref ?? 'New workflow'}
        </h2>
        {state.isDirty && (
          <span className="designer-dirty" data-test="dirty" title="Not saved yet">
            <span aria-hidden="true" /> unsaved
          </span>
        )}
      </div>
      <div className="designer-bar-group">
        <Button
          aria-label={state.undoLabel === null ? 'Undo' : `Undo: ${state.undoLabel}`}
          data-test="undo"
          disabledReason={state.canUndo ? undefined : 'Nothing to undo'}
          icon="undo"
          look="plain"
          onClick={() => editor.undo()}
        />
        <Button
          aria-label={state.redoLabel === null ? 'Redo' : `Redo: ${state.redoLabel}`}
          data-test="redo"
          disabledReason={state.canRedo ? undefined : 'Nothing to do again'}
          icon="redo"
          look="plain"
          onClick={() => editor.redo()}
        />
        {!isSmall && (
          <>
            <Button
              aria-label="Arrange the tasks in layers"
              data-test="arrange"
              disabledReason={unready}
              icon="graph"
              look="plain"
              onClick={() => arrange(designer, execute)}
            />
            <Button
              aria-label={isPaletteOpen ? 'Hide the library' : 'Show the library'}
              aria-pressed={isPaletteOpen}
              icon="bolt"
              look="plain"
              onClick={toggleLibrary}
            />
          </>
        )}
        <Button
          aria-label={isDetailsOpen ? 'Hide the details' : 'Show the details'}
          aria-pressed={isDetailsOpen}
          data-test="toggle_details"
          icon="columns"
          look="plain"
          onClick={() => view.setState({ isDetailsOpen: !isDetailsOpen })}
        />
        {!isSmall && (
          <Button
            aria-label="Code"
            aria-pressed={isCode}
            data-test="toggle_code"
            icon="code"
            look="plain"
            onClick={toggleCode}
          />
        )}
      </div>
      <div className="designer-bar-group designer-bar-end">
        <ProblemsButton />
        <Menu
          entries={[
            ...(isSmall ? withoutRoom : []),
            { label: 'Save as …', icon: 'copy', onSelect: () => ask('save-as') },
            { label: 'Find a task', icon: 'search', onSelect: () => ask('find') },
            { label: 'Try expressions', icon: 'flask', onSelect: () => ask('playground') },
            { label: 'Keys', icon: 'info', onSelect: () => ask('keys') },
            { label: 'New workflow', icon: 'plus', onSelect: () => go(paths.designer()) },
            ...(stored === null ? [] : [{ label: 'Delete …', icon: 'trash' as const, onSelect: () => ask('delete') }]),
          ]}
          label="More"
          trigger={<Button aria-label="More" data-test="designer_more" icon="dots" look="plain" />}
        />
        {!isSmall && (
          <Button data-test="simulate" disabledReason={unready} icon="flask" onClick={() => ask('simulate')}>
            <span className="designer-word">Simulate</span>
          </Button>
        )}
        <Button data-test="run" disabledReason={unready} icon="play" onClick={() => ask('run')}>
          Run
        </Button>
        <Button
          busy={isBusy}
          data-test="save"
          disabledReason={state.isDirty || stored === null ? undefined : 'Everything is saved'}
          icon="check"
          look="primary"
          onClick={() => ask('save')}
        >
          Save
        </Button>
      </div>
    </header>
  )
}
