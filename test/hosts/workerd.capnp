using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # the sandbox is on this machine
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  bindings = [
    (name = "DINTERO_ACCOUNT_ID", fromEnvironment = "DINTERO_ACCOUNT_ID"),
    (name = "DINTERO_CLIENT_ID", fromEnvironment = "DINTERO_CLIENT_ID"),
    (name = "DINTERO_CLIENT_SECRET", fromEnvironment = "DINTERO_CLIENT_SECRET"),
    (name = "DINTERO_SIGNATURE_SECRET", fromEnvironment = "DINTERO_SIGNATURE_SECRET"),
    (name = "DINTERO_API_URL", fromEnvironment = "DINTERO_API_URL"),
    (name = "DINTERO_CHECKOUT_URL", fromEnvironment = "DINTERO_CHECKOUT_URL"),
    (name = "ALLOWED_ORIGINS", fromEnvironment = "ALLOWED_ORIGINS"),
    (name = "PUBLIC_URL", fromEnvironment = "PUBLIC_URL"),
  ],
);
