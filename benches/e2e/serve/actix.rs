use std::{io, net::TcpListener};

use actix_web::{App, HttpResponse, HttpServer, http::header::ContentType, rt, web};

use super::{BODY, layers};
use crate::contender::Contender;

pub(super) fn serve(listener: TcpListener, contender: Contender, origins: usize) -> io::Result<()> {
    let app = || App::new().route("/users", web::get().to(users));
    match contender {
        Contender::ActixCors => {
            let app = move || app().wrap(layers::actix_cors(origins));
            let server = HttpServer::new(app).workers(1).on_connect(set_nodelay);
            rt::System::new().block_on(server.listen(listener)?.run())
        }
        Contender::None | Contender::NoneAgain | Contender::EmptyLayer => {
            let server = HttpServer::new(app).workers(1).on_connect(set_nodelay);
            rt::System::new().block_on(server.listen(listener)?.run())
        }
        Contender::HeadersAlone | Contender::TowerCors | Contender::TowerHttp => {
            Err(io::Error::other("actix-web is for actix-cors"))
        }
    }
}

fn set_nodelay(stream: &dyn std::any::Any, _: &mut actix_web::dev::Extensions) {
    if let Some(stream) = stream.downcast_ref::<rt::net::TcpStream>() {
        drop(stream.set_nodelay(true));
    }
}

async fn users() -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(BODY)
}
