import type { Execution } from '@st2/model'
import { useState } from 'react'
import { api, authHeaders, download } from '../../api/client.ts'
import { messageOf } from '../../api/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, Spinner } from '../../ui/Feedback.tsx'
import { useRemoteJson } from '../../ui/json/json-source.ts'
import { JsonTree, JsonValue } from '../../ui/json/JsonTree.tsx'
import type { Stream } from '../../ui/output/log-buffer.ts'
import { TextOutput } from '../../ui/output/OutputView.tsx'
import { formatBytes } from '../../ui/time.ts'
import { toast } from '../../ui/Toasts.tsx'
import { printsOutput, type Report, reportOf } from './reporter.ts'
import { StoredOutput } from './StoredOutput.tsx'

/** What an execution produced, shown as its runner's results are best read. */
export function ResultView({ execution }: { readonly execution: Execution }) {
  if (execution.result === undefined && (execution.result_size ?? 0) > 0) return <LargeResult execution={execution} />
  const report = reportOf(execution.runner?.name ?? '', execution.result, execution.parameters)
  return (
    <div className="stack" data-test="action_output">
      <ReportView report={report} />
    </div>
  )
}

function ReportView({ report }: { readonly report: Report }) {
  if (report.kind === 'empty') return <p className="muted">The action produced no data.</p>
  if (report.kind === 'json') return <JsonValue label="Result" title={<h3>Result</h3>} value={report.value} />
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
  if (typeof value === 'string') return <TextOutput label={name} stream={stream} text={value} title={title} />
  return <JsonValue label={name} title={title} value={value} />
}

function LargeResult({ execution }: { readonly execution: Execution }) {
  const [shown, setShown] = useState<'nothing' | 'result' | 'output'>('nothing')
  const size = formatBytes(execution.result_size ?? 0)
  const save = async (compress: boolean) => {
    try {
      const url = api().executions.resultUrl(execution.id, { prettyFormat: true, compress, download: true })
      await download(url, `execution_${execution.id}_result.json${compress ? '.gz' : ''}`)
    } catch (error) {
      toast('bad', `The result could not be downloaded: ${messageOf(error)}`)
    }
  }
  const buttons = (
    <Button icon="download" onClick={() => void save(false)} size="s">
      Download
    </Button>
  )
  if (shown === 'result') return <RemoteResult actions={buttons} execution={execution} />
  if (shown === 'output')
    return (
      <div data-test="action_output">
        <StoredOutput executionId={execution.id} />
      </div>
    )
  const prints = printsOutput(execution.runner?.name ?? '')
  return (
    <div className="card card-body stack" data-test="action_output">
      <p>
        This result is <strong>{size}</strong>, more than is shown by itself. It is loaded beside the page, which stays
        usable.
      </p>
      <div className="row wrap">
        {prints && (
          <Button look="primary" onClick={() => setShown('output')}>
            Show output
          </Button>
        )}
        <Button look={prints ? 'default' : 'primary'} onClick={() => setShown('result')}>
          Show result
        </Button>
        {buttons}
      </div>
    </div>
  )
}

function RemoteResult({ execution, actions }: { readonly execution: Execution; readonly actions: React.ReactNode }) {
  const remote = useRemoteJson(new URL(api().executions.resultUrl(execution.id), location.href).href, authHeaders())
  if (remote.state === 'loading') return <Spinner label="Loading the result" />
  if (remote.state === 'failed') return <Notice tone="bad">The result could not be loaded: {remote.reason}</Notice>
  return (
    <div data-test="action_output">
      <JsonTree actions={actions} label="Result" maxHeight={560} source={remote.source} title={<h3>Result</h3>} />
    </div>
  )
}
