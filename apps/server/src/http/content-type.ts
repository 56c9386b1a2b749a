import { extname } from 'node:path'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.ps1': 'text/plain',
  '.py': 'application/x-python',
  '.sh': 'application/x-sh',
  '.txt': 'text/plain',
  '.yaml': 'application/x-yaml',
  '.yml': 'application/x-yaml',
}

/** Of a pack's file, by its name. Nothing that a browser would run: packs hold foreign files. */
export function contentTypeOf(path: string): string {
  return CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
}
