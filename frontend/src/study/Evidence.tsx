import type { Measurement } from '../api/types'
import { Markdown } from '../markdown/Markdown'
import { Time } from '../ui/Time'
import { measuredWords } from './criteriaWords'
import classes from './Study.module.css'
import { Verdict, verdictOf } from './Verdict'

/** What a result rests on, and who recorded it when. */
export function Evidence({ result }: { result: Measurement }) {
  return (
    <div className={classes.evidence}>
      {result.evidence && <Markdown text={result.evidence} />}
      <span className={classes.who}>
        <bdi>{result.measuredByName}</bdi>, <Time at={result.measuredAt} />
      </span>
    </div>
  )
}

/** What was measured before that, folded. */
export function History({ results }: { results: Measurement[] }) {
  if (results.length === 0) return null
  return (
    <details className={classes.history}>
      <summary>
        {results.length === 1 ? 'One earlier result' : `${results.length} earlier results`}
      </summary>
      <ol>
        {results.map((result) => (
          <li key={result.id}>
            <span className={classes.measured}>
              {measuredWords(result)} <Verdict verdict={verdictOf(result.passed)} />
            </span>
            <Evidence result={result} />
          </li>
        ))}
      </ol>
    </details>
  )
}
