export const notificationsPath = '/api/notifications'
