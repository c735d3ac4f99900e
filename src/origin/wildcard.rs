use super::{
    grammar::{self, MAX_HOST_LEN, MAX_LEN},
    key::{Key, Shape},
    set::OriginSet,
};

impl OriginSet {
    /// A pattern with a wildcard that matches the origin. The pattern was checked when the set was
    /// made, so only what its wildcards stand for is read: labels, and a port.
    pub(super) fn lookup_wildcard(&self, origin: &[u8]) -> Option<&Key> {
        let (scheme, authority) = grammar::split_http(origin)?;
        if origin.len() > MAX_LEN {
            return None;
        }
        let one_port = self.find_end(Shape::subdomains(scheme), authority);
        one_port.or_else(|| self.lookup_any_port(origin, scheme, authority))
    }

    fn lookup_any_port(&self, origin: &[u8], scheme: &[u8], authority: &[u8]) -> Option<&Key> {
        let subdomains = Shape::subdomains_any_port(scheme);
        if !self.has(Shape::AnyPort) && !self.has(subdomains) {
            return None;
        }
        let (host, port) = grammar::split_port(authority);
        let until_port = &origin[..origin.len() - (authority.len() - host.len())];
        let key = self.find(Shape::AnyPort, until_port);
        let key = key.or_else(|| self.find_end(subdomains, host))?;
        port.is_none_or(|digits| grammar::is_written_port(scheme, digits)).then_some(key)
    }

    /// Looks up those ends of an authority, or of a host, that are as long as some key is.
    pub(super) fn find_end(&self, shape: Shape, text: &[u8]) -> Option<&Key> {
        for len in self.lengths(shape).iter() {
            let Some((below, end)) = text.len().checked_sub(*len).map(|at| text.split_at(at))
            else {
                break;
            };
            let key = if end[0] == b'.' { self.find(shape, end) } else { None };
            if key.is_some() {
                return key.filter(|_| grammar::last_label(below).is_some() && has_host_len(text));
            }
        }
        None
    }
}

fn has_host_len(authority: &[u8]) -> bool {
    authority.len() <= MAX_HOST_LEN || grammar::split_port(authority).0.len() <= MAX_HOST_LEN
}
