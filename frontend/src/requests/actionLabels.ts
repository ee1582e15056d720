/** The verb of each action, for its button, and what the log says it did. */
const labels: Record<string, { verb: string; past: string }> = {
  start_review: { verb: 'Start review', past: 'started the review' },
  approve: { verb: 'Approve', past: 'approved it' },
  ask_information: { verb: 'Ask for information', past: 'asked for information' },
  give_information: { verb: 'Answer', past: 'answered' },
  assign: { verb: 'Assign', past: 'assigned it' },
  accept_work: { verb: 'Accept work', past: 'accepted the work' },
  discuss: { verb: 'Discuss', past: 'asked for a discussion' },
  resolve: { verb: 'Resolve', past: 'resolved the discussion' },
  unassign: { verb: 'Unassign', past: 'took it back' },
  hold: { verb: 'Hold', past: 'put it on hold' },
  resume: { verb: 'Resume', past: 'resumed the work' },
  complete: { verb: 'Complete', past: 'completed the work' },
  accept: { verb: 'Accept', past: 'accepted the result' },
  request_revision: { verb: 'Request revision', past: 'asked for a revision' },
  approve_revision: { verb: 'Approve revision', past: 'approved the revision' },
  rescope: { verb: 'Rescope', past: 'sent it back to be scoped again' },
  decline_revision: { verb: 'Decline revision', past: 'declined the revision' },
  deny: { verb: 'Deny', past: 'denied it' },
  reopen: { verb: 'Reopen', past: 'reopened it' },
  cancel: { verb: 'Cancel request', past: 'cancelled it' },
  created: { verb: '', past: 'submitted the request' },
  edited: { verb: '', past: 'edited it' },
  commented: { verb: '', past: 'wrote a comment' },
  comment_edited: { verb: '', past: 'edited a comment' },
  comment_withdrawn: { verb: '', past: 'withdrew a comment' },
  linked: { verb: '', past: 'linked it to another request' },
  unlinked: { verb: '', past: 'removed a link to another request' },
  criteria_changed: { verb: '', past: 'changed the acceptance criteria:' },
  criteria_agreed: { verb: '', past: 'agreed to the acceptance criteria' },
  measured: { verb: '', past: 'recorded' },
  imported: { verb: '', past: 'imported it from the old app' },
}

/** What a move's reason is called where one asks or answers. */
const reasonLabels: Record<string, string> = {
  ask_information: 'What do you need to know?',
  give_information: 'Your answer',
}

function plain(name: string): string {
  return name.replaceAll('_', ' ')
}

/** A server may offer an action that this page was not built with: its name then serves as verb. */
export function verbOf(action: string): string {
  const words = plain(action)
  return labels[action]?.verb || words.charAt(0).toUpperCase() + words.slice(1)
}

export function pastOf(action: string): string {
  return labels[action]?.past ?? plain(action)
}

export function reasonLabelOf(action: string): string {
  return reasonLabels[action] ?? 'Reason'
}
