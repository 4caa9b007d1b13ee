/** Nothing beyond what every field has. */
export function Settings() {
  return null;
}
