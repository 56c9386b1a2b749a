import type { Execution } from '@st2/model'
import { Suspense, useMemo } from 'react'
import { Notice, Spinner } from '../../ui/Feedback.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { LocalValue } from '../../ui/json/local-value.ts'
import { ValueView } from '../../ui/json/ValueView.tsx'
import type { Stream } from '../../ui/output/log-buffer.ts'
import { type Report, reportOf } from './reporter.ts'
import { runnerOf } from './runner-of.ts'
import { lazyPart } from '../../ui/lazy-part.ts'

/** Not every action prints, and few results are so large. */
const TextOutput = lazyPart(() => import('../../ui/output/TextOutput.tsx'), 'TextOutput')
const LargeResult = lazyPart(() => import('./LargeResult.tsx'), 'LargeResult')

/** What an execution produced, shown as its runner's results are best read. */
export function ResultView({ execution }: { readonly execution: Execution }) {
  if (execution.result === undefined && (execution.result_size ?? 0) > 0)
    return (
      <Suspense fallback={<Spinner label="Opening the result" />}>
        <LargeResult execution={execution} />
      </Suspense>
    )
  const report = reportOf(runnerOf(execution), execution.result, execution.parameters)
  return (
    <div className="stack" data-test="action_output">
      <ReportView report={report} />
    </div>
  )
}

function ReportView({ report }: { readonly report: Report }) {
  if (report.kind === 'empty') return <p className="muted">The action produced no data.</p>
  if (report.kind === 'json') return <LocalView label="Result" title={<h3>Result</h3>} value={report.value} />
  if (report.kind === 'hosts')
    return report.hosts.map(({ host, report: hostReport }) => (
      <section className="stack" key={host}>
        <h3 className="mono">{host}</h3>
        <ReportView report={hostReport} />
      </section>
    ))
  if (report.kind === 'http') return <HttpReport report={report} />
  return <ProcessReport report={report} />
}

function ProcessReport({ report }: { readonly report: Extract<Report, { kind: 'process' }> }) {
  const isSilent = report.stdout === '' && report.stderr === ''
  const code = report.exitCode !== null && (
    <span className={`tag ${report.exitCode === 0 ? '' : 'tag-bad'}`}>exit code {report.exitCode}</span>
  )
  return (
    <>
      {report.error !== null && <Notice tone="bad">{report.error}</Notice>}
      {report.returned !== undefined && <Printed name="Result" stream="output" value={report.returned} />}
      {report.stdout !== '' && <Printed extra={code} name="Output" stream="stdout" value={report.stdout} />}
      {report.stderr !== '' && (
        <Printed extra={report.stdout === '' && code} name="Error output" stream="stderr" value={report.stderr} />
      )}
      {isSilent && report.returned === undefined && report.error === null && (
        <p className="muted row">Nothing was printed. {code}</p>
      )}
      {report.traceback !== null && <Printed name="Traceback" stream="output" value={report.traceback} />}
    </>
  )
}

function HttpReport({ report }: { readonly report: Extract<Report, { kind: 'http' }> }) {
  return (
    <>
      {report.error !== null && <Notice tone="bad">{report.error}</Notice>}
      <div className="card card-body row wrap">
        <span className="mono grow request-line">{report.request}</span>
        {report.statusCode !== null && (
          <span className={`tag ${report.statusCode < 400 ? '' : 'tag-bad'}`}>status {report.statusCode}</span>
        )}
      </div>
      {report.body !== undefined && report.body !== '' && <Printed name="Body" stream="output" value={report.body} />}
      {report.headers !== undefined && <JsonValue label="Headers" title={<h3>Headers</h3>} value={report.headers} />}
      {report.traceback !== null && <Printed name="Traceback" stream="output" value={report.traceback} />}
    </>
  )
}

interface PrintedProps {
  readonly name: string
  readonly stream: Stream
  readonly value: unknown
  readonly extra?: React.ReactNode
}

function Printed({ name, stream, value, extra }: PrintedProps) {
  const title = (
    <>
      <h3>{name}</h3>
      {extra}
    </>
  )
  if (typeof value === 'string')
    return (
      <Suspense fallback={<Spinner label="Opening the output" />}>
        <TextOutput label={name} stream={stream} text={value} title={title} />
      </Suspense>
    )
  return <LocalView label={name} title={title} value={value} />
}

interface LocalViewProps {
  readonly label: string
  readonly title: React.ReactNode
  readonly value: unknown
}

function LocalView({ label, title, value }: LocalViewProps) {
  const store = useMemo(() => new LocalValue(value), [value])
  return <ValueView label={label} store={store} title={title} />
}
