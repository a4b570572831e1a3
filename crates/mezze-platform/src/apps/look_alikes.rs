//! Names and pictures that could be taken for those of another organisation's mini app.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::looks::{NEAR_BITS, distance};
use super::names::{are_near, skeleton};
use crate::registry::model::app;

/// Similar mini apps that are told of at most.
const MOST: usize = 10;

/// What a mini app looks like to people.
struct Face {
    app_id: String,
    organisation_id: Option<String>,
    name: String,
    skeleton: String,
    look: Option<String>,
}

/// One sentence for each mini app of another organisation that this one could be taken for.
pub(crate) async fn look_alikes(
    database: &impl ConnectionTrait,
    app_id: &str,
    organisation_id: Option<&str>,
    name: &str,
    look: Option<&str>,
) -> Result<Vec<String>, DbErr> {
    let own = skeleton(name);
    let mut found = Vec::new();
    for other in faces(database).await? {
        let same_organisation = organisation_id.is_some() && other.organisation_id.as_deref() == organisation_id;
        if other.app_id == app_id || same_organisation || found.len() >= MOST {
            continue;
        }
        let names = if other.skeleton == own {
            Some("has a name that looks the same")
        } else if are_near(&other.skeleton, &own) {
            Some("has a name that differs in one letter")
        } else {
            None
        };
        let pictures = match (look, other.look.as_deref()) {
            (Some(own), Some(other)) => distance(own, other).is_some_and(|bits| bits <= NEAR_BITS),
            _ => false,
        };
        let what = match (names, pictures) {
            (Some(names), true) => format!("{names}, and a picture that looks the same"),
            (Some(names), false) => names.to_owned(),
            (None, true) => "has a picture that looks the same".to_owned(),
            (None, false) => continue,
        };
        found.push(format!("{} (`{}`) of another publisher {what}.", other.app_id, other.name));
    }
    Ok(found)
}

/// The mini app of another organisation whose name looks the same, if there is one.
pub(super) async fn same_name(
    database: &impl ConnectionTrait,
    app_id: &str,
    organisation_id: &str,
    name: &str,
) -> Result<Option<String>, DbErr> {
    let others = app::Entity::find().filter(app::Column::NameSkeleton.eq(skeleton(name))).all(database).await?;
    let other = others
        .into_iter()
        .find(|other| other.id != app_id && other.organisation_id.as_deref() != Some(organisation_id));
    Ok(other.map(|other| other.id))
}

async fn faces(database: &impl ConnectionTrait) -> Result<Vec<Face>, DbErr> {
    type Row = (String, Option<String>, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = app::Entity::find()
        .select_only()
        .columns([
            app::Column::Id,
            app::Column::OrganisationId,
            app::Column::Name,
            app::Column::NameSkeleton,
            app::Column::IconHash,
        ])
        .into_tuple()
        .all(database)
        .await?;
    let faces = rows.into_iter().filter_map(|(app_id, organisation_id, name, known, look)| {
        let name = name?;
        // Mini apps from before skeletons were kept have none.
        let skeleton = known.unwrap_or_else(|| skeleton(&name));
        Some(Face { app_id, organisation_id, name, skeleton, look })
    });
    Ok(faces.collect())
}
