//! Group work as each audience sees it: the floor (tables, who reports), the desk (signs of life, plans, people by name),
//! and the group itself. Only the desk ever sees a seat's id; at the table a person is a number.

mod desk;
mod floor;
mod marks;
mod table;

pub use desk::{DeskGroup, DeskLetter, DeskMember, DeskPlan, DeskWork};
pub use floor::{FloorCard, FloorGroup, FloorLine, FloorReport, FloorWork, WorkState};
pub use table::{
    GroupCard, GroupLetter, GroupLine, GroupMember, GroupTable, GroupView, Help, MyGroup,
};

pub(super) use desk::{build as build_desk, refresh as refresh_desk};
pub(super) use floor::{build as build_floor, refresh as refresh_floor};
pub(super) use table::{build as build_table, mine};
