//! A server for the gate to reach, on a loopback address.

use std::net::SocketAddr;

use axum::Router;

pub(crate) struct Upstream {
    pub(crate) address: SocketAddr,
    server: tokio::task::JoinHandle<()>,
}

impl Upstream {
    pub(crate) async fn start(router: Router) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("no port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the test's server failed");
        });
        Self { address, server }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.server.abort();
    }
}
