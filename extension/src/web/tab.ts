/** The one tab that the reader's page knows of: itself. */
export const TAB = 1;
