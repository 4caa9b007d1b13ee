export { ErrorScreen, NotFound } from "./ErrorScreen";
export { AppsPage, MePage } from "./PhonePages";
export { Shell } from "./Shell";
