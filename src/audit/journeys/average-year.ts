/** Minutes of an average year of 8,766 hours. */
export const minutesPerYear = 525_960;
