import type { Runtime } from "../../catalog/linux-limits.ts";
import { parseImageReference } from "../../estate/kubernetes/image-reference.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Container } from "../../estate/kubernetes/workload.ts";

/** The runtime of a container, and what gives it away. */
export interface RuntimeSign {
  readonly runtime: Runtime;
  /** A clause such as `image dotnet/aspnet`. */
  readonly sign: string;
}

interface RuntimeRule {
  readonly runtime: Runtime;
  readonly image: RegExp;
  readonly command: RegExp;
  readonly variable: RegExp;
}

const never = /(?!)/;

/** The first that fits; what a program is comes before what it is written in. */
const runtimeRules: readonly RuntimeRule[] = [
  {
    runtime: "log collector",
    image: /(^|[/-])(fluent-?bit|fluentd?|promtail|filebeat|vector|alloy|logstash)([/-]|$)/,
    command: never,
    variable: never,
  },
  {
    runtime: "database",
    image:
      /(^|[/-])(postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|cassandra|elasticsearch|opensearch|kafka|rabbitmq)([/-]|$)/,
    command: /^(postgres|mysqld|mongod|redis-server)$/,
    variable: /^(PGDATA|MYSQL_ROOT_PASSWORD|MONGO_INITDB_ROOT_USERNAME)$/,
  },
  {
    runtime: "web server",
    image: /(^|[/-])(nginx|httpd|caddy|haproxy|envoy|traefik)([/-]|$)/,
    command: /^(nginx|httpd|caddy|haproxy|envoy|traefik)$/,
    variable: never,
  },
  { runtime: ".NET", image: /(^|[/-])(dotnet|aspnet)([/-]|$)/, command: /^dotnet$/, variable: /^(ASPNETCORE|DOTNET)_/ },
  {
    runtime: "java",
    image: /(^|[/-])(java|openjdk|temurin|eclipse-temurin|tomcat|jetty|spring)([/-]|$)/,
    command: /^java$/,
    variable: /^(JAVA_|JVM_|JDK_|SPRING_|CATALINA_)/,
  },
  {
    runtime: "Node.js",
    image: /(^|[/-])node([/-]|$)/,
    command: /^(node|npm|yarn|pnpm)$/,
    variable: /^(NODE_ENV|NODE_OPTIONS)$/,
  },
  {
    runtime: "Python",
    image: /(^|[/-])python([/-]|$)/,
    command: /^(python3?|gunicorn|uvicorn|celery)$/,
    variable: /^(PYTHON|DJANGO_|FLASK_|UVICORN_|GUNICORN_)/,
  },
  {
    runtime: "Go",
    image: /(^|[/-])(golang|distroless-go)([/-]|$)/,
    command: never,
    variable: /^(GOMAXPROCS|GOMEMLIMIT|GOGC)$/,
  },
];

/** Tells a container's runtime by its image, its command and its environment; `unknown` where nothing tells. */
export function runtimeOf({ image, value }: Container): RuntimeSign {
  const repository = image === undefined ? "" : parseImageReference(image).repository.toLowerCase();
  const [program = ""] = [...asList(value.command), ...asList(value.args)].flatMap((part) => asText(part) ?? []);
  const command = program.split("/").at(-1) ?? "";
  const variables = asList(value.env).flatMap((entry) => asText(asObject(entry).name) ?? []);
  for (const rule of runtimeRules) {
    if (rule.image.test(repository)) return { runtime: rule.runtime, sign: `image ${repository}` };
    if (rule.command.test(command)) return { runtime: rule.runtime, sign: `command ${command}` };
    const variable = variables.find((name) => rule.variable.test(name));
    if (variable !== undefined) return { runtime: rule.runtime, sign: `variable ${variable}` };
  }
  return { runtime: "unknown", sign: "neither image nor command nor environment tells" };
}
