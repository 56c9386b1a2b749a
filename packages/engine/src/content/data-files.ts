import { type ActionCreate, InvalidError } from '@st2/model'
import type { ActionFile } from './pack-editor.ts'

/** The files that a request brings. @throws InvalidError for two of one name */
export function dataFilesOf(files: ActionCreate['data_files']): ActionFile[] {
  const names = new Set<string>()
  return (files ?? []).map(({ file_path, content }) => {
    if (names.has(file_path)) throw new InvalidError(`data_files holds "${file_path}" more than once`)
    names.add(file_path)
    return { path: file_path, content }
  })
}
