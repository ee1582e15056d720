import { notifications } from '@mantine/notifications'

/** For what happens out of sight; what a form or page shows itself needs no notification. */
export function notifyError(message: string): void {
  notifications.show({ message, color: 'red', autoClose: 10_000, role: 'alert' })
}

export function notify(message: string): void {
  notifications.show({ message, role: 'status' })
}
