import { Button, Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ChangeEvent, useState } from 'react'
import { messageOf } from '../api/problem'
import { refreshLists } from '../requests/queries'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, FormMessage, Notice } from '../ui/States'
import classes from './ImportPage.module.css'
import { ImportPreview } from './ImportPreview'
import { countOf } from './importWords'
import { type ImportReport, useImport } from './useImport'

interface Chosen {
  name: string
  text: string
}

export function ImportPage() {
  const client = useQueryClient()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [skipInvalid, setSkipInvalid] = useState(false)
  const preview = useImport({ dryRun: true })
  const run = useImport({ dryRun: false, onDone: () => refreshLists(client) })
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0]
    if (!file) return
    const text = await file.text()
    setChosen({ name: file.name, text })
    setSkipInvalid(false)
    run.reset()
    // Problems are listed in any case; asking for the rest tells how much of it there is.
    preview.mutate({ text, skipInvalid: true })
  }
  return (
    <>
      <PageHeader title="Import old data" note={chosen?.name} />
      <div className={classes.page}>
        <p className={classes.lead}>
          Takes over the requests and comments of the old app, which kept them in one browser.
          Whoever still has it open there <a href="/export-old-data.html">gets the file this way</a>
          .
        </p>
        <div className={classes.choose}>
          <label htmlFor="old-data">File of the old app</label>
          <input id="old-data" type="file" accept="application/json,.json" onChange={choose} />
        </div>
        {preview.isPending && <EmptyState>Reading the file …</EmptyState>}
        {preview.error && <FormMessage>{messageOf(preview.error)}</FormMessage>}
        {preview.data && !run.data && (
          <>
            <ImportPreview report={preview.data} />
            <Decision
              report={preview.data}
              skipInvalid={skipInvalid}
              onSkipInvalid={setSkipInvalid}
              isRunning={run.isPending}
              onRun={() => chosen && run.mutate({ text: chosen.text, skipInvalid })}
            />
            {run.error && <FormMessage>{messageOf(run.error)}</FormMessage>}
          </>
        )}
        {run.data && <Result report={run.data} />}
      </div>
    </>
  )
}

interface DecisionProps {
  report: ImportReport
  skipInvalid: boolean
  onSkipInvalid: (skip: boolean) => void
  isRunning: boolean
  onRun: () => void
}

function Decision({ report, skipInvalid, onSkipInvalid, isRunning, onRun }: DecisionProps) {
  const { requests } = report
  if (requests.new === 0) return <p>There is nothing in this file to import.</p>
  const isBlocked = requests.invalid > 0 && !skipInvalid
  return (
    <div className={classes.decision}>
      {requests.invalid > 0 && (
        <Checkbox
          label="Take everything else"
          description={`${countOf(requests.invalid, 'entry', 'entries')} cannot be taken. Without this choice nothing is imported.`}
          checked={skipInvalid}
          onChange={(event) => onSkipInvalid(event.currentTarget.checked)}
        />
      )}
      <div>
        <Button onClick={onRun} loading={isRunning} disabled={isBlocked}>
          Import
        </Button>
      </div>
    </div>
  )
}

function Result({ report }: { report: ImportReport }) {
  const { requests, comments } = report
  return (
    <Notice>
      <div role="status">
        Imported {countOf(requests.new, 'request', 'requests')} and{' '}
        {countOf(comments.new, 'comment', 'comments')}.
        {requests.alreadyHere > 0 &&
          ` ${countOf(requests.alreadyHere, 'entry was', 'entries were')} here already.`}
        {requests.invalid > 0 &&
          ` ${countOf(requests.invalid, 'entry was', 'entries were')} left out.`}{' '}
        <Link to="/requests">Go to the list</Link>
      </div>
    </Notice>
  )
}
