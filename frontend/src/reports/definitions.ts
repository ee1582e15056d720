import type { ChartName } from './chartNames'

interface Definition {
  question: string
  /** How it is counted, in the words of docs/statistics.md. */
  paragraphs: string[]
}

const finished =
  'Finished is the last time a request became Completed, while it is Completed or Accepted.'
const weeks = 'Weeks start on Monday; the first and the last week end where the span does.'
const percentiles = 'The 85th percentile says: so long, or less, took 85 of 100.'

export const definitions: Record<ChartName, Definition> = {
  throughput: {
    question: 'How much comes out each week?',
    paragraphs: ['Requests by the week in which they were finished.', finished, weeks],
  },
  'open-work': {
    question: 'How much is open, and where does it stand?',
    paragraphs: [
      'Open requests by status at the end of each week; for the week that is not over, now.',
      'Open is whatever waits for somebody: all but Accepted, Denied and Cancelled.',
    ],
  },
  'cycle-time': {
    question: 'How long does the work take?',
    paragraphs: [
      'From started to finished, by the calendar, by week of finishing: median and 85th percentile.',
      'Started is the first time it was In Progress. Without a known start there is no cycle time.',
      'While it was Information Needed its clock stood: that time is left out.',
      percentiles,
    ],
  },
  'time-in-status': {
    question: 'Where does the time go?',
    paragraphs: [
      'Of the requests finished in the span: the time in each status, several visits added up; the median over those that were there.',
      'The last status has not been left and does not count.',
    ],
  },
  'by-vendor': {
    question: 'Which vendors are asked for?',
    paragraphs: ['Submitted in the span, finished in the span, open now.', finished],
  },
  'by-priority': {
    question: 'How urgent is what is asked for?',
    paragraphs: ['Submitted in the span, finished in the span, open now.', finished],
  },
  'first-time-right': {
    question: 'How often is it right the first time?',
    paragraphs: [
      'Of the requests finished in a week and accepted since: the part that was accepted without a revision.',
    ],
  },
  estimates: {
    question: 'How close are the estimates?',
    paragraphs: [
      'Of the requests finished in the span that have an estimate and a known start: estimated hours against the working hours in In Progress, all stays added up.',
      'The ratio is actual to estimated: 1 is as estimated, 2 took twice as long. Working hours are Monday to Friday, 9 to 17 by the clocks of the desk; holidays are not known.',
    ],
  },
}
