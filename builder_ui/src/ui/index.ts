export { Button, IconButton } from "./Button";
export { Avatar, Labelled, Segmented, Tabs, type Choice } from "./Controls";
export { Empty } from "./Empty";
export { Icon, iconName, type IconName } from "./Icon";
export { Page } from "./Page";
export { Skeleton } from "./Skeleton";
export { ThemeProvider, useTheme } from "./ThemeProvider";
export { toast } from "./toast";
export { Toasts } from "./Toasts";
