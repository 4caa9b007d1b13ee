export interface paths {
    "/calendars/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a calendar, published or not, makes of some working days or hours */
        post: operations["CalendarsApi.try_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connector-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls of connectors, the newest first */
        get: operations["ConnectorsApi.list_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All definitions and drafts */
        get: operations["DefinitionsApi.list_definitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/definitions/{kind}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a definition */
        get: operations["DefinitionsApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/definitions/{kind}/{key}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan (?plan=1) or put an earlier version in force again */
        post: operations["PublishApi.roll_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/definitions/{kind}/{key}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of a definition, the newest first */
        get: operations["DefinitionsApi.versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All departments */
        get: operations["DepartmentsApi.list_departments"];
        put?: never;
        /** Add a department */
        post: operations["DepartmentsApi.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a department */
        delete: operations["DepartmentsApi.delete"];
        options?: never;
        head?: never;
        /** Rename, move, set heads */
        patch: operations["DepartmentsApi.change"];
        trace?: never;
    };
    "/drafts/decision/{key}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a decision says that is not published: file, table, problems at their cells, a trial */
        post: operations["DecisionDraftsApi.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/rule/{key}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule says that is not published: text, views, tree, problems, tests */
        post: operations["RuleDraftsApi.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/{kind}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open a draft */
        get: operations["DraftsApi.show"];
        /** Keep a draft over the revision it was opened with */
        put: operations["DraftsApi.keep"];
        post?: never;
        /** Discard a draft */
        delete: operations["DraftsApi.discard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/{kind}/{key}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How a form that is not published would be drawn */
        post: operations["DraftsApi.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The value of an expression */
        post: operations["FormsApi.evaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feel/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The functions that expressions may call */
        get: operations["FormsApi.functions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feel/hints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where an expression over a form in force may be empty, and what it costs if that is much */
        post: operations["FormsApi.hints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/flows/{flow}/xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The BPMN file of a flow; the version in force unless one is named */
        get: operations["ProcessesApi.xml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The forms she may use */
        get: operations["FormsApi.list_forms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fields, layout, rules and rights of a form */
        get: operations["FormsApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grouped numbers */
        post: operations["RecordsApi.aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The recycle bin */
        get: operations["RecordsApi.list_deleted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import a file into a form, as a job */
        post: operations["ImportsApi.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records */
        get: operations["RecordsApi.list_records"];
        put?: never;
        /** Create a record */
        post: operations["RecordsApi.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a record */
        get: operations["RecordsApi.show"];
        put?: never;
        post?: never;
        /** Put a record into the recycle bin */
        delete: operations["RecordsApi.delete"];
        options?: never;
        head?: never;
        /** Change a record; `rev` merges with what others changed meanwhile, `If-Match` does not */
        patch: operations["RecordsApi.update"];
        trace?: never;
    };
    "/forms/{form}/records/{record}/buttons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buttons that rules offer on a record now */
        get: operations["RulesApi.list_buttons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}/buttons/{rule}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Press a button */
        post: operations["RulesApi.press"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether she may do something with the record, and why */
        get: operations["RecordsApi.explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed, the newest first */
        get: operations["RecordsApi.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The processes of a record, the newest first, and the flows that can be started on it */
        get: operations["ProcessesApi.of_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a record out of the recycle bin */
        post: operations["RecordsApi.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/records/{record}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** With whom a record is shared */
        get: operations["SharesApi.show"];
        put?: never;
        /** Share a record */
        post: operations["SharesApi.give"];
        /** Take a share back */
        delete: operations["SharesApi.take"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/{form}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules in force about a form's records, for who may edit some of them */
        get: operations["RulesApi.list_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All groups */
        get: operations["GroupsApi.list_groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Create or change a group */
        put: operations["GroupsApi.put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that were given up */
        get: operations["JobsApi.list_failed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress and result of a job */
        get: operations["JobsApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/errors.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows an import did not take */
        get: operations["ImportsApi.errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a job that was given up again */
        post: operations["JobsApi.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Import mappings, of one form or of all the caller may import into */
        get: operations["ImportsApi.list_mappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller, her rights and her apps */
        get: operations["MeApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's language or time zone */
        patch: operations["MeApi.change"];
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I was told, the newest first, and how much of it is new */
        get: operations["NotificationsApi.list_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How I want to be told */
        get: operations["NotificationsApi.preferences"];
        /** Choose how I want to be told */
        put: operations["NotificationsApi.choose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notifications read; without ids all of them */
        post: operations["NotificationsApi.read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This contract */
        get: operations["OpenApiApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People, for administration */
        get: operations["PeopleApi.list_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a flow on a record */
        post: operations["ProcessesApi.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/processes/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who would be asked if I started the flow on the record now */
        get: operations["ProcessesApi.preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/processes/{process}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a process stands, who was asked, and its log */
        get: operations["ProcessesApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/processes/{process}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a process: its initiator before the first decision, administrators always */
        post: operations["ProcessesApi.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/processes/{process}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let what stands with an incident try again */
        post: operations["ProcessesApi.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan (?plan=1) or publish a set of drafts */
        post: operations["PublishApi.publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What rules did, the newest first; of one record also for who may edit it */
        get: operations["RulesApi.list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run of a rule */
        get: operations["RulesApi.get_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rule-runs/{run}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Repeat a run that failed, on the record as it is now */
        post: operations["RulesApi.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule, or a draft of it, would make of the last records; without effect */
        post: operations["RulesApi.dry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule}/why-not": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule makes of a record now, and why; without effect */
        post: operations["RulesApi.why_not"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["SessionApi.start"];
        /** Sign out */
        delete: operations["SessionApi.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/solutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Installed solutions */
        get: operations["SolutionsApi.list_solutions"];
        put?: never;
        /** Plan (?plan=1) or install a solution; ?sample=1 with its sample data */
        post: operations["SolutionsApi.install"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My tasks, the newest first; in the box `started` the processes I began */
        get: operations["TasksApi.list_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task with its record, the form as its node shows it, and its process */
        get: operations["TasksApi.show_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish a task with an outcome, an opinion and the values its node lets me change */
        post: operations["TasksApi.complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find people */
        get: operations["PeopleApi.find"];
        put?: never;
        /** Add a person */
        post: operations["PeopleApi.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person */
        get: operations["PeopleApi.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a person */
        patch: operations["PeopleApi.change"];
        trace?: never;
    };
    "/users/{user}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a one-time link by which she chooses a password */
        post: operations["PeopleApi.make_password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            code: string;
            detail: string;
            problems: {
                /** @description JSON Pointer, element id, or empty */
                at: string;
                code: string;
                document?: string;
                hint: string;
                message: string;
                params: Record<string, never>;
                related?: string[];
                /** @enum {unknown} */
                severity: "error" | "warning";
                span?: {
                    end?: number;
                    start?: number;
                };
            }[];
            status: number;
            title: string;
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "CalendarsApi.try_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount: number;
                    /** @description of a calendar, published or not */
                    document: Record<string, never>;
                    /** @description day and time on the calendar's clock */
                    from: string;
                    /** @enum {unknown} */
                    unit: "working days" | "working hours";
                };
            };
        };
        responses: {
            /** @description What a calendar, published or not, makes of some working days or hours */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a date for days, else day and time on the calendar's clock */
                        at: string;
                        zone: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ConnectorsApi.list_calls": {
        parameters: {
            query?: {
                connector?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Calls of connectors, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            connector: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            finished_at?: string | null;
                            id: number;
                            inputs?: Record<string, never>;
                            operation: string;
                            problem?: components["schemas"]["Problem"];
                            result?: unknown;
                            source: string;
                            /** @enum {unknown} */
                            state: "queued" | "done" | "failed";
                            status?: number | null;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DefinitionsApi.list_definitions": {
        parameters: {
            query?: {
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All definitions and drafts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            draft: boolean;
                            /** @description of rules: whose records wake it */
                            form?: string | null;
                            key: string;
                            /** @enum {unknown} */
                            kind: "form" | "view" | "flow" | "role" | "app" | "mapping" | "connector" | "message_template" | "rule" | "decision" | "calendar" | "settings" | "locale";
                            label: string | Record<string, never>;
                            /** @description of rules: type of the first one */
                            trigger?: string | null;
                            updated_at?: string | null;
                            updated_by?: {
                                id?: number;
                                name?: string;
                            } | null;
                            version: number | null;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DefinitionsApi.show": {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One version of a definition */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        document?: Record<string, never>;
                        key: string;
                        /** @enum {unknown} */
                        kind: "form" | "view" | "flow" | "role" | "app" | "mapping" | "connector" | "message_template" | "rule" | "decision" | "calendar" | "settings" | "locale";
                        text?: string;
                        version: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PublishApi.roll_back": {
        parameters: {
            query?: {
                plan?: boolean;
            };
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                    version: number;
                };
            };
        };
        responses: {
            /** @description Plan (?plan=1) or put an earlier version in force again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plan: {
                            blocked: boolean;
                            columns_added: number;
                            items: {
                                /** @enum {unknown} */
                                danger: "none" | "attention" | "blocking";
                                definition?: Record<string, never>;
                                detail: string;
                                field: string;
                                form: string;
                                kind: string;
                                label: string | Record<string, never>;
                                physical?: string;
                                rows_at_risk?: number | null;
                                type: string;
                            }[];
                        };
                        problems: components["schemas"]["Problem"][];
                        versions?: {
                            key?: string;
                            /** @enum {unknown} */
                            kind?: "form" | "view" | "flow" | "role" | "app" | "mapping" | "connector" | "message_template" | "rule" | "decision" | "calendar" | "settings" | "locale";
                            version?: number;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DefinitionsApi.versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every version of a definition, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items?: {
                            current?: boolean;
                            note?: string;
                            published_at?: string;
                            published_by?: {
                                id?: number;
                                name?: string;
                            } | null;
                            version?: number;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DepartmentsApi.list_departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All departments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            heads: number[];
                            id: number;
                            parent: number | null;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DepartmentsApi.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    heads?: number[];
                    name: string;
                    parent?: number | null;
                };
            };
        };
        responses: {
            /** @description Add a department */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        heads: number[];
                        id: number;
                        parent: number | null;
                        title: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DepartmentsApi.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a department */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DepartmentsApi.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    heads?: number[];
                    name?: string;
                    parent?: number | null;
                };
            };
        };
        responses: {
            /** @description Rename, move, set heads */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        heads: number[];
                        id: number;
                        parent: number | null;
                        title: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DecisionDraftsApi.preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id or name of the one to show */
                    decision?: string;
                    /** @description its table as it is now; the text follows */
                    grid?: Record<string, never>;
                    /** @description of a new decision */
                    label?: string;
                    /** @description DMN; without it a new decision is begun */
                    text?: string;
                    /** @description FEEL text of each input, by name */
                    trial?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description What a decision says that is not published: file, table, problems at their cells, a trial */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description share of the values that have a row */
                        covered: number | null;
                        /** @description id of the one that is shown */
                        decision: string;
                        decisions: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "decision" | "knowledge";
                            label: string;
                            logic: string;
                            /** @description FEEL, of what is no table */
                            text: string;
                        }[];
                        grid: {
                            aggregation: string;
                            annotations: string[];
                            /** @description input data that a decision reads; knowledge models have none */
                            data?: {
                                name: string;
                                type: string;
                            }[];
                            hit_policy: string;
                            id: string;
                            inputs: {
                                allowed: string;
                                expression: string;
                                field: string;
                                id: string;
                                label: string;
                                type: string;
                            }[];
                            /** @description of the decision */
                            label: string;
                            output_label: string;
                            outputs: {
                                allowed: string;
                                default: string;
                                field: string;
                                id: string;
                                label: string;
                                name: string;
                                type: string;
                            }[];
                            rows: {
                                annotations: string[];
                                description: string;
                                id: string;
                                inputs: string[];
                                outputs: string[];
                            }[];
                        } | null;
                        /** @description FEEL types of the input data it needs, by name */
                        needs: {
                            [key: string]: string;
                        };
                        problems: {
                            at: string;
                            code: string;
                            hint: string;
                            input: number;
                            message: string;
                            output: number;
                            params: Record<string, never>;
                            row: number;
                            /** @enum {unknown} */
                            severity: "error" | "warning";
                            span?: Record<string, never>;
                        }[];
                        /** @description null if the grid is no table */
                        text: string | null;
                        /** @description values are FEEL text */
                        trial: {
                            inputs: string[];
                            /** @description rows, counted from 1 */
                            matched: number[];
                            /** @description per output column; of several rows a list */
                            outputs: string[];
                            /** @description per column the rows whose cell was passed */
                            passed: number[][];
                            problems: components["schemas"]["Problem"][];
                            value: string;
                        } | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RuleDraftsApi.preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ast?: Record<string, never>;
                    text?: string;
                    /**
                     * @description language of the text, and of the view that places are in; keys are read too
                     * @default en
                     * @enum {unknown}
                     */
                    view?: "zh-CN" | "en";
                };
            };
        };
        responses: {
            /** @description What a rule says that is not published: text, views, tree, problems, tests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ast: Record<string, never> | null;
                        problems: components["schemas"]["Problem"][];
                        tests: {
                            name: string;
                            passed: boolean;
                            problems: components["schemas"]["Problem"][];
                        }[];
                        /** @description canonical; null if it cannot be read */
                        text: string | null;
                        views: {
                            en: string;
                            "zh-CN": string;
                        } | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DraftsApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_version?: number | null;
                        document?: Record<string, never>;
                        key: string;
                        /** @enum {unknown} */
                        kind: "form" | "view" | "flow" | "role" | "app" | "mapping" | "connector" | "message_template" | "rule" | "decision" | "calendar" | "settings" | "locale";
                        problems: components["schemas"]["Problem"][];
                        published_version?: number | null;
                        rev: number;
                        text?: string;
                        updated_at?: string | null;
                        updated_by?: {
                            id?: number;
                            name?: string;
                        } | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DraftsApi.keep": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document?: Record<string, never>;
                    rev: number;
                    take_over?: boolean;
                    text?: string;
                };
            };
        };
        responses: {
            /** @description Keep a draft over the revision it was opened with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["Problem"][];
                        rev: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DraftsApi.discard": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discard a draft */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "DraftsApi.preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description How a form that is not published would be drawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "FormsApi.evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expression?: string;
                    expression_id?: string;
                    form?: string;
                    record?: number;
                    row?: number;
                    scope?: {
                        form: string;
                    };
                    trace?: boolean;
                    values?: Record<string, never>;
                    version?: number;
                };
            };
        };
        responses: {
            /** @description The value of an expression */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "FormsApi.functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The functions that expressions may call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "FormsApi.hints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expression: string;
                    form: string;
                };
            };
        };
        responses: {
            /** @description Where an expression over a form in force may be empty, and what it costs if that is much */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description only where it is high */
                        cost: {
                            span: {
                                end: number;
                                start: number;
                            };
                            steps: number;
                        } | null;
                        empty: {
                            /** @description FEEL to go on with; empty: none is obvious */
                            fallback: string;
                            name: string;
                            span: {
                                end: number;
                                start: number;
                            };
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.xml": {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                flow: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The BPMN file of a flow; the version in force unless one is named */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "FormsApi.list_forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The forms she may use */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "FormsApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fields, layout, rules and rights of a form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    group?: string[];
                    measures: {
                        denominator?: string;
                        field?: string;
                        /** @enum {unknown} */
                        fn: "count" | "sum" | "min" | "max" | "avg" | "ratio";
                        key: string;
                        numerator?: string;
                        where?: string;
                    }[];
                    where?: string;
                };
            };
        };
        responses: {
            /** @description Grouped numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.list_deleted": {
        parameters: {
            query?: {
                where?: string;
                search?: string;
                sort?: string;
                fields?: string;
                view?: string;
                limit?: number;
                cursor?: string;
                count?: "bounded" | "exact";
            };
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recycle bin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: {
                            exact?: boolean;
                            value?: number;
                        };
                        items: {
                            actions?: string[];
                            /** Format: date-time */
                            deleted_at?: string;
                            held_by?: Record<string, never>[];
                            id: number;
                            rev: number;
                            title: string;
                            values: Record<string, never>;
                            warnings?: Record<string, never>[];
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ImportsApi.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** @enum {unknown} */
                    dry_run?: "0" | "1";
                    /** Format: binary */
                    file: string;
                    mapping?: string;
                    mapping_document?: string;
                    /** @enum {unknown} */
                    mode?: "live" | "history";
                };
            };
        };
        responses: {
            /** @description Import a file into a form, as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        batch_id: string;
                        job: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.list_records": {
        parameters: {
            query?: {
                where?: string;
                search?: string;
                sort?: string;
                fields?: string;
                view?: string;
                limit?: number;
                cursor?: string;
                count?: "bounded" | "exact";
            };
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List records */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: {
                            exact?: boolean;
                            value?: number;
                        };
                        items: {
                            actions?: string[];
                            /** Format: date-time */
                            deleted_at?: string;
                            held_by?: Record<string, never>[];
                            id: number;
                            rev: number;
                            title: string;
                            values: Record<string, never>;
                            warnings?: Record<string, never>[];
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    values: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Create a record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: string[];
                        /** Format: date-time */
                        deleted_at?: string;
                        held_by?: Record<string, never>[];
                        id: number;
                        rev: number;
                        title: string;
                        values: Record<string, never>;
                        warnings?: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: string[];
                        /** Format: date-time */
                        deleted_at?: string;
                        held_by?: Record<string, never>[];
                        id: number;
                        rev: number;
                        title: string;
                        values: Record<string, never>;
                        warnings?: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Put a record into the recycle bin */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rev?: number;
                    values: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Change a record; `rev` merges with what others changed meanwhile, `If-Match` does not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: string[];
                        /** Format: date-time */
                        deleted_at?: string;
                        held_by?: Record<string, never>[];
                        id: number;
                        rev: number;
                        title: string;
                        values: Record<string, never>;
                        warnings?: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.list_buttons": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The buttons that rules offer on a record now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            label: string;
                            rule: string;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.press": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
                rule: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Press a button */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions: {
                            /** @description number of the action in the rule, from 0 */
                            action: number;
                            words: {
                                code: string;
                                text: string;
                            }[];
                        }[];
                        problems: components["schemas"]["Problem"][];
                        run: number;
                        /** @enum {unknown} */
                        state: "done" | "skipped" | "failed" | "cut" | "deferred";
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.explain": {
        parameters: {
            query?: {
                action?: string;
            };
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether she may do something with the record, and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.history": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changed, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.of_record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The processes of a record, the newest first, and the flows that can be started on it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RecordsApi.restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a record out of the recycle bin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: string[];
                        /** Format: date-time */
                        deleted_at?: string;
                        held_by?: Record<string, never>[];
                        id: number;
                        rev: number;
                        title: string;
                        values: Record<string, never>;
                        warnings?: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SharesApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With whom a record is shared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SharesApi.give": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    level: "read" | "edit";
                    reason?: string;
                    subject: {
                        id: number | string;
                        /** @enum {unknown} */
                        kind: "user" | "department" | "role";
                    };
                    /** Format: date-time */
                    until?: string | null;
                };
            };
        };
        responses: {
            /** @description Share a record */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SharesApi.take": {
        parameters: {
            query?: {
                kind?: "user" | "department" | "role";
                id?: string;
            };
            header?: never;
            path: {
                form: string;
                record: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a share back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.list_rules": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules in force about a form's records, for who may edit some of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            key: string;
                            label: string | {
                                [key: string]: string;
                            };
                            /** @description the kind of the first one */
                            trigger: string | null;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "GroupsApi.list_groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "GroupsApi.put": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    members: {
                        capacity?: number | null;
                        user_id: number;
                        weight?: number;
                    }[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description Create or change a group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "JobsApi.list_failed": {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Jobs that were given up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items?: {
                            id: number;
                            kind: string;
                            problem?: components["schemas"]["Problem"];
                            progress: {
                                done?: number;
                                total?: number | null;
                            };
                            result: unknown;
                            /** @enum {unknown} */
                            state: "queued" | "running" | "done" | "failed";
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "JobsApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Progress and result of a job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        kind: string;
                        problem?: components["schemas"]["Problem"];
                        progress: {
                            done?: number;
                            total?: number | null;
                        };
                        result: unknown;
                        /** @enum {unknown} */
                        state: "queued" | "running" | "done" | "failed";
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ImportsApi.errors": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows an import did not take */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "JobsApi.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Run a job that was given up again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ImportsApi.list_mappings": {
        parameters: {
            query?: {
                form?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Import mappings, of one form or of all the caller may import into */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            form?: string;
                            key?: string;
                            label?: string | Record<string, never>;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "MeApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller, her rights and her apps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apps: Record<string, never>[];
                        demo: boolean;
                        rights: {
                            builder: boolean;
                            settings: boolean;
                            users: boolean;
                        };
                        roles: {
                            key: string;
                            label: string | Record<string, never>;
                        }[];
                        user: {
                            id: number;
                            /** @enum {unknown} */
                            language: "zh-CN" | "en";
                            login: string;
                            name: string;
                            zone: string;
                        };
                        workspace: {
                            currency: string;
                            name: string;
                            zone: string;
                        };
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "MeApi.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    language?: "zh-CN" | "en";
                    zone?: string;
                };
            };
        };
        responses: {
            /** @description Change one's language or time zone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "NotificationsApi.list_mine": {
        parameters: {
            query?: {
                unread?: boolean;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What I was told, the newest first, and how much of it is new */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            body: string;
                            /** Format: date-time */
                            created_at: string;
                            form?: string | null;
                            id: number;
                            /** @enum {unknown} */
                            kind: "task" | "outcome" | "message" | "escalation";
                            link: string;
                            read: boolean;
                            record?: number | null;
                            title: string;
                        }[];
                        next: string | null;
                        unread: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "NotificationsApi.preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How I want to be told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kinds: {
                            escalation?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                            message?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                            outcome?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                            task?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                        };
                        quiet: {
                            ends: string;
                            starts: string;
                        } | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "NotificationsApi.choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kinds: {
                        escalation?: {
                            mail: boolean | null;
                            muted: boolean;
                        };
                        message?: {
                            mail: boolean | null;
                            muted: boolean;
                        };
                        outcome?: {
                            mail: boolean | null;
                            muted: boolean;
                        };
                        task?: {
                            mail: boolean | null;
                            muted: boolean;
                        };
                    };
                    quiet: {
                        ends: string;
                        starts: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Choose how I want to be told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kinds: {
                            escalation?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                            message?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                            outcome?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                            task?: {
                                mail: boolean | null;
                                muted: boolean;
                            };
                        };
                        quiet: {
                            ends: string;
                            starts: string;
                        } | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "NotificationsApi.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids?: number[];
                };
            };
        };
        responses: {
            /** @description Mark notifications read; without ids all of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "OpenApiApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This contract */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PeopleApi.list_people": {
        parameters: {
            query?: {
                search?: string;
                limit?: number;
                deactivated?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, for administration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            department?: string | null;
                            departments?: number[];
                            email?: string | null;
                            id: number;
                            /** @enum {unknown} */
                            kind?: "internal" | "external";
                            /** @enum {unknown} */
                            language?: "zh-CN" | "en";
                            login: string;
                            main_department?: number | null;
                            manager_id?: number | null;
                            name: string;
                            phone?: string | null;
                            post?: string;
                            roles: string[];
                            /** @enum {unknown} */
                            state: "active" | "absent" | "deactivated";
                            zone?: string | null;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    command_id?: string;
                    flow: string;
                    form?: string;
                    record: number;
                };
            };
        };
        responses: {
            /** @description Start a flow on a record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: Record<string, never>[];
                        active?: string[];
                        ahead?: Record<string, never>[];
                        done?: string[];
                        /** Format: date-time */
                        ended_at?: string | null;
                        flow: Record<string, never>;
                        form: string;
                        id: number;
                        incident?: boolean;
                        initiator: Record<string, never>;
                        log?: Record<string, never>[];
                        nodes?: Record<string, never>[];
                        record: Record<string, never>;
                        /** Format: date-time */
                        started_at: string;
                        status: string;
                        xml_url?: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.preview": {
        parameters: {
            query?: {
                flow?: string;
                record?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who would be asked if I started the flow on the record now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        flow: Record<string, never>;
                        outcome: string | null;
                        refused: Record<string, never> | null;
                        stops: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                process: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where a process stands, who was asked, and its log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: Record<string, never>[];
                        active?: string[];
                        ahead?: Record<string, never>[];
                        done?: string[];
                        /** Format: date-time */
                        ended_at?: string | null;
                        flow: Record<string, never>;
                        form: string;
                        id: number;
                        incident?: boolean;
                        initiator: Record<string, never>;
                        log?: Record<string, never>[];
                        nodes?: Record<string, never>[];
                        record: Record<string, never>;
                        /** Format: date-time */
                        started_at: string;
                        status: string;
                        xml_url?: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                process: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Withdraw a process: its initiator before the first decision, administrators always */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: Record<string, never>[];
                        active?: string[];
                        ahead?: Record<string, never>[];
                        done?: string[];
                        /** Format: date-time */
                        ended_at?: string | null;
                        flow: Record<string, never>;
                        form: string;
                        id: number;
                        incident?: boolean;
                        initiator: Record<string, never>;
                        log?: Record<string, never>[];
                        nodes?: Record<string, never>[];
                        record: Record<string, never>;
                        /** Format: date-time */
                        started_at: string;
                        status: string;
                        xml_url?: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ProcessesApi.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                process: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let what stands with an incident try again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions?: Record<string, never>[];
                        active?: string[];
                        ahead?: Record<string, never>[];
                        done?: string[];
                        /** Format: date-time */
                        ended_at?: string | null;
                        flow: Record<string, never>;
                        form: string;
                        id: number;
                        incident?: boolean;
                        initiator: Record<string, never>;
                        log?: Record<string, never>[];
                        nodes?: Record<string, never>[];
                        record: Record<string, never>;
                        /** Format: date-time */
                        started_at: string;
                        status: string;
                        xml_url?: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PublishApi.publish": {
        parameters: {
            query?: {
                plan?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    drafts: {
                        key: string;
                        /** @enum {unknown} */
                        kind: "form" | "view" | "flow" | "role" | "app" | "mapping" | "connector" | "message_template" | "rule" | "decision" | "calendar" | "settings" | "locale";
                    }[];
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Plan (?plan=1) or publish a set of drafts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plan: {
                            blocked: boolean;
                            columns_added: number;
                            items: {
                                /** @enum {unknown} */
                                danger: "none" | "attention" | "blocking";
                                definition?: Record<string, never>;
                                detail: string;
                                field: string;
                                form: string;
                                kind: string;
                                label: string | Record<string, never>;
                                physical?: string;
                                rows_at_risk?: number | null;
                                type: string;
                            }[];
                        };
                        problems: components["schemas"]["Problem"][];
                        versions?: {
                            key?: string;
                            /** @enum {unknown} */
                            kind?: "form" | "view" | "flow" | "role" | "app" | "mapping" | "connector" | "message_template" | "rule" | "decision" | "calendar" | "settings" | "locale";
                            version?: number;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.list_runs": {
        parameters: {
            query?: {
                rule?: string;
                form?: string;
                record?: number;
                state?: "" | "done" | "skipped" | "failed" | "cut" | "deferred";
                days?: number;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What rules did, the newest first; of one record also for who may edit it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actions: {
                                /** @description number of the action in the rule, from 0 */
                                action: number;
                                words: {
                                    code: string;
                                    text: string;
                                }[];
                            }[];
                            actor: {
                                id: number;
                                name: string;
                            };
                            /** Format: date-time */
                            at: string;
                            /** @description something is left out that she may not see */
                            closed: boolean;
                            depth: number;
                            duration_us: number;
                            event: string;
                            form: string;
                            id: number;
                            label: string | {
                                [key: string]: string;
                            };
                            may_retry: boolean;
                            problems: components["schemas"]["Problem"][];
                            /** @description what she may see of what was read */
                            reads: {
                                label: string;
                                /** @description before the event */
                                old: boolean;
                                path: string;
                                value: unknown;
                            }[];
                            /** @enum {unknown} */
                            reason: "fires" | "otherwise" | "condition" | "event" | "values" | "failed";
                            record: number | null;
                            retry_of: number | null;
                            rule: string;
                            /** @enum {unknown} */
                            state: "done" | "skipped" | "failed" | "cut" | "deferred";
                            /** @description null if she may not view the record */
                            title: string | null;
                            version: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.get_run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One run of a rule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions: {
                            /** @description number of the action in the rule, from 0 */
                            action: number;
                            words: {
                                code: string;
                                text: string;
                            }[];
                        }[];
                        actor: {
                            id: number;
                            name: string;
                        };
                        /** Format: date-time */
                        at: string;
                        /** @description something is left out that she may not see */
                        closed: boolean;
                        condition: {
                            evaluated: boolean;
                            /**
                             * @description if the parts are its operands
                             * @enum {unknown}
                             */
                            joint: "" | "and" | "or";
                            omitted: number;
                            /** @description each like the whole */
                            parts: Record<string, never>[];
                            /** @description with labels for keys */
                            text: string;
                            value: unknown;
                        } | null;
                        depth: number;
                        duration_us: number;
                        event: string;
                        form: string;
                        id: number;
                        label: string | {
                            [key: string]: string;
                        };
                        may_retry: boolean;
                        problems: components["schemas"]["Problem"][];
                        /** @description what she may see of what was read */
                        reads: {
                            label: string;
                            /** @description before the event */
                            old: boolean;
                            path: string;
                            value: unknown;
                        }[];
                        /** @enum {unknown} */
                        reason: "fires" | "otherwise" | "condition" | "event" | "values" | "failed";
                        record: number | null;
                        retry_of: number | null;
                        rule: string;
                        /** @enum {unknown} */
                        state: "done" | "skipped" | "failed" | "cut" | "deferred";
                        /** @description null if she may not view the record */
                        title: string | null;
                        version: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Repeat a run that failed, on the record as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        run: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 100 */
                    limit?: number;
                    text?: string | null;
                };
            };
        };
        responses: {
            /** @description What a rule, or a draft of it, would make of the last records; without effect */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the same of the rule in force */
                        before: {
                            [key: string]: number;
                        } | null;
                        form: string;
                        items: {
                            actions: {
                                /** @description number of the action in the rule, from 0 */
                                action: number;
                                words: {
                                    code: string;
                                    text: string;
                                }[];
                            }[];
                            /**
                             * @description what the rule in force makes of it, where a draft was tried
                             * @enum {unknown}
                             */
                            before: "fires" | "otherwise" | "condition" | "event" | "values" | "failed" | null;
                            /** @description something is left out that she may not see */
                            closed: boolean;
                            condition: {
                                evaluated: boolean;
                                /**
                                 * @description if the parts are its operands
                                 * @enum {unknown}
                                 */
                                joint: "" | "and" | "or";
                                omitted: number;
                                /** @description each like the whole */
                                parts: Record<string, never>[];
                                /** @description with labels for keys */
                                text: string;
                                value: unknown;
                            } | null;
                            problems: components["schemas"]["Problem"][];
                            /** @description what she may see of what was read */
                            reads: {
                                label: string;
                                /** @description before the event */
                                old: boolean;
                                path: string;
                                value: unknown;
                            }[];
                            /** @enum {unknown} */
                            reason: "fires" | "otherwise" | "condition" | "event" | "values" | "failed";
                            record: number;
                            title: string;
                        }[];
                        /** @description records by reason */
                        totals: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "RulesApi.why_not": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    form: string;
                    record: number;
                };
            };
        };
        responses: {
            /** @description What a rule makes of a record now, and why; without effect */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions: {
                            /** @description number of the action in the rule, from 0 */
                            action: number;
                            words: {
                                code: string;
                                text: string;
                            }[];
                        }[];
                        /**
                         * @description what the rule in force makes of it, where a draft was tried
                         * @enum {unknown}
                         */
                        before: "fires" | "otherwise" | "condition" | "event" | "values" | "failed" | null;
                        /** @description something is left out that she may not see */
                        closed: boolean;
                        condition: {
                            evaluated: boolean;
                            /**
                             * @description if the parts are its operands
                             * @enum {unknown}
                             */
                            joint: "" | "and" | "or";
                            omitted: number;
                            /** @description each like the whole */
                            parts: Record<string, never>[];
                            /** @description with labels for keys */
                            text: string;
                            value: unknown;
                        } | null;
                        problems: components["schemas"]["Problem"][];
                        /** @description what she may see of what was read */
                        reads: {
                            label: string;
                            /** @description before the event */
                            old: boolean;
                            path: string;
                            value: unknown;
                        }[];
                        /** @enum {unknown} */
                        reason: "fires" | "otherwise" | "condition" | "event" | "values" | "failed";
                        record: number;
                        title: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SessionApi.start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    user: string;
                };
            };
        };
        responses: {
            /** @description Sign in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SessionApi.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SolutionsApi.list_solutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Installed solutions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items?: Record<string, never>[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "SolutionsApi.install": {
        parameters: {
            query?: {
                plan?: boolean;
                sample?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Plan (?plan=1) or install a solution; ?sample=1 with its sample data */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        adopted?: unknown[];
                        plan?: Record<string, never>;
                        problems?: components["schemas"]["Problem"][];
                        sample?: Record<string, never> | null;
                        solution: Record<string, never>;
                        versions?: unknown[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "TasksApi.list_tasks": {
        parameters: {
            query?: {
                box?: "todo" | "done" | "started";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My tasks, the newest first; in the box `started` the processes I began */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: Record<string, never>;
                        items: {
                            actions: Record<string, never>[];
                            deleted?: boolean;
                            id: number;
                            /** @enum {unknown} */
                            kind: "task" | "process";
                            outcome?: string | null;
                            status?: string;
                            summary?: Record<string, never>[];
                            title: string;
                            version?: number;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "TasksApi.show_task": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A task with its record, the form as its node shows it, and its process */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions: Record<string, never>[];
                        deleted?: boolean;
                        id: number;
                        /** @enum {unknown} */
                        kind: "task" | "process";
                        outcome?: string | null;
                        status?: string;
                        summary?: Record<string, never>[];
                        title: string;
                        version?: number;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "TasksApi.complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    command_id?: string;
                    opinion?: string;
                    outcome: string;
                    values?: Record<string, never>;
                    version?: number | null;
                };
            };
        };
        responses: {
            /** @description Finish a task with an outcome, an opinion and the values its node lets me change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        process: {
                            actions?: Record<string, never>[];
                            active?: string[];
                            ahead?: Record<string, never>[];
                            done?: string[];
                            /** Format: date-time */
                            ended_at?: string | null;
                            flow: Record<string, never>;
                            form: string;
                            id: number;
                            incident?: boolean;
                            initiator: Record<string, never>;
                            log?: Record<string, never>[];
                            nodes?: Record<string, never>[];
                            record: Record<string, never>;
                            /** Format: date-time */
                            started_at: string;
                            status: string;
                            xml_url?: string;
                        };
                        task: {
                            actions: Record<string, never>[];
                            deleted?: boolean;
                            id: number;
                            /** @enum {unknown} */
                            kind: "task" | "process";
                            outcome?: string | null;
                            status?: string;
                            summary?: Record<string, never>[];
                            title: string;
                            version?: number;
                        };
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PeopleApi.find": {
        parameters: {
            query?: {
                search?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find people */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            department: string | null;
                            id: number;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PeopleApi.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    departments?: number[];
                    email?: string | null;
                    /** @enum {unknown} */
                    kind?: "internal" | "external";
                    /** @enum {unknown} */
                    language?: "zh-CN" | "en";
                    login: string;
                    main_department?: number | null;
                    manager_id?: number | null;
                    name: string;
                    password?: string;
                    phone?: string | null;
                    post?: string;
                    roles?: string[];
                    zone?: string | null;
                };
            };
        };
        responses: {
            /** @description Add a person */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        department?: string | null;
                        departments?: number[];
                        email?: string | null;
                        id: number;
                        /** @enum {unknown} */
                        kind?: "internal" | "external";
                        /** @enum {unknown} */
                        language?: "zh-CN" | "en";
                        login: string;
                        main_department?: number | null;
                        manager_id?: number | null;
                        name: string;
                        phone?: string | null;
                        post?: string;
                        roles: string[];
                        /** @enum {unknown} */
                        state: "active" | "absent" | "deactivated";
                        zone?: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PeopleApi.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        department?: string | null;
                        departments?: number[];
                        email?: string | null;
                        id: number;
                        /** @enum {unknown} */
                        kind?: "internal" | "external";
                        /** @enum {unknown} */
                        language?: "zh-CN" | "en";
                        login: string;
                        main_department?: number | null;
                        manager_id?: number | null;
                        name: string;
                        phone?: string | null;
                        post?: string;
                        roles: string[];
                        /** @enum {unknown} */
                        state: "active" | "absent" | "deactivated";
                        zone?: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PeopleApi.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    departments?: number[];
                    email?: string | null;
                    /** @enum {unknown} */
                    kind?: "internal" | "external";
                    /** @enum {unknown} */
                    language?: "zh-CN" | "en";
                    login?: string;
                    main_department?: number | null;
                    manager_id?: number | null;
                    name?: string;
                    phone?: string | null;
                    post?: string;
                    roles?: string[];
                    /** @enum {unknown} */
                    state?: "active" | "absent" | "deactivated";
                    zone?: string | null;
                };
            };
        };
        responses: {
            /** @description Change a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        department?: string | null;
                        departments?: number[];
                        email?: string | null;
                        id: number;
                        /** @enum {unknown} */
                        kind?: "internal" | "external";
                        /** @enum {unknown} */
                        language?: "zh-CN" | "en";
                        login: string;
                        main_department?: number | null;
                        manager_id?: number | null;
                        name: string;
                        phone?: string | null;
                        post?: string;
                        roles: string[];
                        /** @enum {unknown} */
                        state: "active" | "absent" | "deactivated";
                        zone?: string | null;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "PeopleApi.make_password_link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make a one-time link by which she chooses a password */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description What is wrong, with places and hints */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, with places and hints */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
