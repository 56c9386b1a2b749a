import { PythonTypeError, typeName } from '@st2/python-values'
import type { PlatformFunction } from './function-table.ts'

/** Paths by the rules of POSIX, whatever the host. @source st2: st2common/st2common/expressions/functions/path.py */
export const PATH_FUNCTIONS: readonly PlatformFunction[] = [
  {
    name: 'basename',
    pythonName: 'basename',
    parameters: ['path'],
    help: 'What stands behind the last slash of a path.',
    run: ([path]) => {
      const text = pathOf(path)
      return text.slice(text.lastIndexOf('/') + 1)
    },
  },
  {
    name: 'dirname',
    pythonName: 'dirname',
    parameters: ['path'],
    help: 'What stands before the last slash of a path.',
    run: ([path]) => {
      const text = pathOf(path)
      const head = text.slice(0, text.lastIndexOf('/') + 1)
      return /^\/*$/.test(head) ? head : withoutSlashes(head)
    },
  },
]

function pathOf(path: unknown): string {
  if (typeof path === 'string') return path
  throw new PythonTypeError(`expected str, bytes or os.PathLike object, not ${typeName(path)}`)
}

function withoutSlashes(head: string): string {
  let end = head.length
  while (head[end - 1] === '/') end--
  return head.slice(0, end)
}
