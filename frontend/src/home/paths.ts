/** The API's path as it stands in the keys of queries. */
export const homePath = '/api/home'
