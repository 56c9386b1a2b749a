import { type Action, ConflictError } from '@st2/model'
import { actionDefinition } from './action-metadata.ts'
import type { ContentStores } from './content-stores.ts'
import { finish, readJournal, removeJournal, undo } from './edit-journal.ts'
import { isObjectId } from './content-filter.ts'
import type { PackFolder } from './pack-files.ts'

/**
 * Ends an edit that a crash has cut short, so that files fit together, and what is registered fits them. For whoever is about to read or
 * edit the pack, while nobody else does.
 *
 * @throws InvalidError for a journal that came with the pack and is no edit of ours
 */
export async function endUnfinishedEdit(
  stores: Pick<ContentStores, 'actions' | 'runnerTypes'>,
  pack: PackFolder,
): Promise<void> {
  const journal = await readJournal(pack.path)
  if (journal === null) return
  if (journal.onCrash === 'undo') await undo(pack.path, journal)
  else {
    await finish(pack.path, journal)
    if (journal.action !== undefined) await register(stores, pack, journal.action)
  }
  await removeJournal(pack.path)
}

async function register(
  stores: Pick<ContentStores, 'actions' | 'runnerTypes'>,
  pack: PackFolder,
  { id, ref: _ref, uid: _uid, ...metadata }: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (typeof id !== 'string' || !isObjectId(id)) return
  const definition = await actionDefinition({ ...metadata, pack: pack.ref }, (name) =>
    stores.runnerTypes.findByName(name),
  )
  try {
    await stores.actions.save({ id, ...definition } satisfies Action)
  } catch (error) {
    // Somebody made one of that name since: the files are theirs now.
    if (!(error instanceof ConflictError)) throw error
  }
}
