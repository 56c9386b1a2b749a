import './code-editor.css'
import { Suspense } from 'react'
import type { CodeEditorProps } from './code-editor-props.ts'
import { lazyPart } from '../../ui/lazy-part.ts'

const LoadedEditor = lazyPart(() => import('./LoadedEditor.tsx'), 'LoadedEditor')

/** One text with CodeMirror, which comes when it is first needed; until then the text stands there to be read. It fills a flex parent. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <div className="code-editor code-editor-full">
      <Suspense
        fallback={
          <pre aria-busy="true" aria-label={props.label} className="code-editor-text" tabIndex={0}>
            {props.value}
          </pre>
        }
      >
        <LoadedEditor {...props} />
      </Suspense>
    </div>
  )
}
